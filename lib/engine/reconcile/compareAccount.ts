import type { CompiledMapping } from '../../mapping/compiled.js';
import type { DriftDifference, DriftKind } from '../drift.js';
import { isLicencePath } from '../licencePolicy.js';
import type { JsonValue, TargetAccount, Values } from '../model.js';
import type { Link, ObjectRow } from '../stored.js';

/** What an account holds otherwise than its link says. */
export interface AccountDrift {
  readonly kind: Extract<DriftKind, 'differs' | 'active'>;
  readonly differences: readonly DriftDifference[];
}

type Mapping = Pick<CompiledMapping, 'mapsActive' | 'readTargetPath' | 'flowOver' | 'findDifferences'>;

/**
 * Compares an account with what was asked of it and what it answered then: either is as it should be. Only what an update
 * would send counts, and only what is shown. Of an account that is disabled nothing else is kept in step. Null: as it was left.
 */
export const compareAccount = (link: Link, account: TargetAccount, mapping: Mapping): AccountDrift | null => {
  const isActive = link.state === 'active';
  const isShown = account.resource['active'] !== undefined;
  const isSwitched = mapping.mapsActive && isShown && account.active !== isActive;
  const switched = isSwitched ? [{ path: 'active', wanted: isActive, found: account.active }] : [];
  const differing = isActive ? compareAttributes(link, account, mapping) : [];
  // Licences go with the activity, and are given anew with it.
  const differences = account.active ? differing : differing.filter(({ path }) => !isLicencePath(path));
  if (isSwitched) return { kind: 'active', differences: [...switched, ...differences] };
  return differences.length > 0 ? { kind: 'differs', differences } : null;
};

const compareAttributes = (link: Link, account: TargetAccount, mapping: Mapping): readonly DriftDifference[] =>
  Object.entries(link.asked).flatMap(([path, asked]) => {
    const found = readHeld(path, link, account, mapping);
    if (found === undefined) return [];
    const wanted = mapping.flowOver(path, asked, found);
    if (wanted === undefined || isSame(path, wanted, found, mapping)) return [];
    const held = link.held[path];
    return held !== undefined && isSame(path, held, found, mapping) ? [] : [{ path, wanted, found }];
  });

/** What a complete account does not show it does not hold, unless it never showed it; undefined: not known. */
const readHeld = (path: string, link: Link, account: TargetAccount, mapping: Mapping): JsonValue | undefined => {
  const shown = mapping.readTargetPath(account.resource, path);
  if (shown !== undefined) return shown;
  return account.complete && link.unshown?.includes(path) !== true ? null : undefined;
};

const isSame = (path: string, wanted: JsonValue, found: JsonValue, mapping: Mapping): boolean =>
  mapping.findDifferences({ [path]: wanted }, () => found).length === 0;

/** An account that was left to its person out of scope is not kept in step: nobody changed anything of ours there. */
export const compareKept = (
  row: Pick<ObjectRow, 'eval'>,
  link: Link,
  account: TargetAccount,
  mapping: Mapping,
): AccountDrift | null => (isLeftAlone(row, link) ? null : compareAccount(link, account, mapping));

const isLeftAlone = (row: Pick<ObjectRow, 'eval'>, link: Link): boolean =>
  link.state === 'active' && row.eval?.inScope === false;

/** Whether a row of a list says all there is to know, and all as it was left: the account need not be looked at. */
export const isAsKnown = (row: Pick<ObjectRow, 'eval'>, link: Link, listed: TargetAccount, mapping: Mapping): boolean =>
  link.invited ||
  isLeftAlone(row, link) ||
  (compareAccount(link, listed, mapping) === null && !hidesAttributes(link, listed, mapping));

/** Lists show less than an account has (Zoom: neither title nor phone numbers nor licences beyond the type). */
const hidesAttributes = (link: Link, listed: TargetAccount, mapping: Mapping): boolean =>
  link.state === 'active' &&
  Object.entries(link.asked).some(
    ([path, asked]) =>
      mapping.readTargetPath(listed.resource, path) === undefined &&
      link.unshown?.includes(path) !== true &&
      mapping.flowOver(path, asked, null) !== undefined,
  );

/**
 * The link as the account was found: what it holds counts as asked, so that the next evaluation sends what is missing. Of
 * an account that somebody enabled nothing is known to have been asked.
 */
export const linkAsFound = (link: Link, { kind, differences }: AccountDrift): Link => {
  if (kind === 'active') {
    return link.state === 'active' ? { ...link, state: 'disabled' } : { ...link, state: 'active', asked: {} };
  }
  const found: Values = Object.fromEntries(differences.map((difference) => [difference.path, difference.found]));
  return { ...link, asked: { ...link.asked, ...found }, held: { ...link.held, ...found } };
};
