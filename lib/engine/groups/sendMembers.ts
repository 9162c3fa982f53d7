import { type Fault, FaultError } from '../model.js';
import type { Target, WriteResult } from '../ports.js';

/** Members in one request: far below the 100,000 characters that Zoom takes. */
export const membersPerRequest = 100;

/** After so many refusals of one member each, with nobody taken in between, the group is taken to be what is refused. */
const mostRefusedInARow = 20;

/** What became of each id in Zoom. Of who is in neither list nobody knows: nothing was sent, or no answer came. */
export interface SentMembers {
  readonly done: ReadonlySet<string>;
  /** Definitely not carried out. */
  readonly refused: ReadonlyMap<string, Fault>;
  /** Where the sending ended before all were sent, or an answer was lost. */
  readonly unknown: ReadonlyMap<string, Fault>;
  /** The group itself is not in Zoom any more. */
  readonly isGone: boolean;
}

export interface MembersTask {
  readonly groupId: string;
  readonly direction: 'add' | 'remove';
  readonly members: readonly string[];
  /** Somebody who stays in the group. */
  readonly witness?: string;
}

/**
 * Sends one direction of a difference, a hundred at a time. Zoom takes a request as a whole or not at all: one that it
 * refuses for one of them is halved until only that one is left; where one after the other is refused, what is left of it
 * is not sent. `maySend` is asked before each request.
 */
export const sendMembers = async (
  { groupId, direction, members, witness }: MembersTask,
  target: Target,
  maySend: () => boolean,
  signal: AbortSignal,
): Promise<SentMembers> => {
  const done = new Set<string>();
  const refused = new Map<string, Fault>();
  const unknown = new Map<string, Fault>();
  let isGone = false;
  let refusedInARow = 0;
  const waiting: (readonly string[])[] = inHundreds(members);
  for (let chunk = waiting.shift(); chunk && !isGone && maySend(); chunk = waiting.shift()) {
    const result = await target.groups.changeMembers(
      groupId,
      { [direction]: chunk, ...(witness === undefined ? {} : { witness }) },
      signal,
    );
    if (result.kind === 'stored') {
      refusedInARow = 0;
      for (const id of chunk) done.add(id);
    } else if (result.kind === 'gone') isGone = true;
    else if (isOfOne(result) && chunk.length > 1) {
      if (refusedInARow < mostRefusedInARow) waiting.unshift(...inHalves(chunk));
    } else if (result.fault.outcomeUnknown) for (const id of chunk) unknown.set(id, result.fault);
    else {
      refusedInARow += 1;
      for (const id of chunk) refused.set(id, result.fault);
    }
    if (result.kind === 'fault' && result.fault.whose === 'job') throw new FaultError(result.fault);
  }
  return { done, refused, unknown, isGone };
};

/** The answer may concern one of them only. */
const isOfOne = (result: Exclude<WriteResult, { kind: 'stored' }>): boolean =>
  result.kind !== 'fault' || (result.fault.whose === 'object' && result.fault.outcomeUnknown !== true);

const inHundreds = (ids: readonly string[]): (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / membersPerRequest) }, (_, index) =>
    ids.slice(index * membersPerRequest, (index + 1) * membersPerRequest),
  );

const inHalves = (ids: readonly string[]): readonly (readonly string[])[] => {
  const middle = Math.ceil(ids.length / 2);
  return [ids.slice(0, middle), ids.slice(middle)];
};
