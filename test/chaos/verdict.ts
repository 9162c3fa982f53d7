import { z } from 'zod';
import type { Difference } from '../../lib/sandbox/oracle/difference.js';
import type { ZoomState } from '../../lib/sandbox/zoom/state.js';
import { isWrite, type ZoomRequest } from './control.js';
import { countRepeats } from './repeats.js';

export interface Verdict {
  readonly lost: number;
  readonly duplicated: number;
  readonly wronglyDisabled: number;
  readonly writesRepeated: number;
}

export interface Evidence {
  readonly differences: readonly Difference[];
  readonly zoom: ZoomState;
  readonly journal: readonly ZoomRequest[];
  /** userNames of those who may be disabled, from the request after this one on. */
  readonly leavers: ReadonlySet<string>;
  readonly changedAfter: number;
}

/**
 * Lost: a person without the account, or with other values than the tenant says, or still active after leaving.
 * Duplicated: a second account of one person, or one that nobody should have. Wrongly disabled: somebody who is to be
 * active is off or was switched off at any time, or an account of nobody in scope was touched.
 */
export const judgeEvidence = (evidence: Evidence): Verdict => {
  const { differences, journal } = evidence;
  const off = differences.filter(({ kind }) => kind === 'inactive' || kind === 'touched' || kind === 'gone');
  const offIds = new Set([...off.map(({ accountId }) => accountId ?? ''), ...findWrongSwitches(evidence)]);
  return {
    lost: countPeople(
      differences.filter(({ kind }) => kind === 'missing' || kind === 'field' || kind === 'stillActive'),
    ),
    duplicated: differences.filter(({ kind }) => kind === 'twice' || kind === 'unexpected').length,
    wronglyDisabled: offIds.size,
    writesRepeated: countRepeats(journal.filter(isWrite)),
  };
};

const countPeople = (differences: readonly Difference[]): number =>
  new Set(differences.map(({ personId }) => personId)).size;

const patchOfActive = z.object({
  Operations: z.array(z.object({ path: z.string().optional(), value: z.unknown() })),
});
const activeValue = z.object({ active: z.boolean() });

const switchesOff = ({ operation, body, status }: ZoomRequest): boolean => {
  if (status !== 200 && status !== 204) return false;
  if (operation === 'users.delete') return true;
  if (operation === 'users.put') return activeValue.safeParse(body).data?.active === false;
  const patch = operation === 'users.patch' ? patchOfActive.safeParse(body).data : undefined;
  return (patch?.Operations ?? []).some(({ path, value }) =>
    path === 'active' ? value === false : activeValue.safeParse(value).data?.active === false,
  );
};

/** Accounts that were switched off or deleted and are no leaver's, or were so before anybody had left. */
const findWrongSwitches = ({ journal, zoom, leavers, changedAfter }: Evidence): readonly string[] =>
  journal
    .filter(switchesOff)
    .map(({ path, sequence }) => ({ accountId: decodeURIComponent(path.split('/').at(-1) ?? ''), sequence }))
    .filter(({ accountId, sequence }) => {
      const userName = zoom.accounts.get(accountId)?.userName;
      return userName === undefined || !leavers.has(userName) || sequence <= changedAfter;
    })
    .map(({ accountId }) => accountId);

export const describeVerdict = ({ lost, duplicated, wronglyDisabled, writesRepeated }: Verdict): string =>
  `lost ${lost}, duplicated ${duplicated}, wrongly disabled ${wronglyDisabled}, writes repeated ${writesRepeated}`;

export const isGood = ({ lost, duplicated, wronglyDisabled }: Verdict): boolean =>
  lost === 0 && duplicated === 0 && wronglyDisabled === 0;
