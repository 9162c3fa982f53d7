/**
 * One way in which Zoom is not as the tenant says. `missing`: a person's account is not there. `inactive`: it is off.
 * `stillActive`: the account of somebody who left. `field`: another value. `twice`: two accounts of one person.
 * `groupMissing`, `groupTwice`: a group that should be there once. `notMember`, `strayMember`: who is not in a group and
 * should be, and the other way round. `touched`, `unexpected`, `gone`: an account that was nobody's to change was changed, made or erased.
 */
export interface Difference {
  readonly kind:
    | 'missing'
    | 'inactive'
    | 'stillActive'
    | 'field'
    | 'twice'
    | 'touched'
    | 'unexpected'
    | 'gone'
    | 'groupMissing'
    | 'groupTwice'
    | 'notMember'
    | 'strayMember';
  readonly personId: string | null;
  readonly accountId: string | null;
  /** The tenant's group, where it is about one. */
  readonly groupId?: string;
  /** With `field`: which, what the tenant says and what Zoom holds. */
  readonly field?: { readonly name: string; readonly expected: string; readonly found: string };
}
