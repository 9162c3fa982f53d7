import type { Mark } from '../control.js';
import type { UserChange } from '../ports.js';
import { advanceMark, resyncRound } from '../rounds.js';
import { isKnown, noteLife, touchRow } from '../rows.js';
import type { PhaseStep, Slice } from '../slice.js';
import type { ObjectChange, StoredObject } from '../state.js';
import { emptyRow } from '../stored.js';
import type { Subject } from '../subject.js';
import { confirmEdges } from './confirmEdges.js';
import { restoreEdges } from './restoredEdges.js';

/** After so long a round only records what is pending, so that it ends before its tokens do. */
const longestRoundMs = 24 * 60 * 60 * 1000;

/**
 * One page of the users stream. Who has a link, an edge or was in the recycle bin is taken through all steps at once;
 * rows of others are dropped. A row that is not the newest word on its object is not applied but read anew,
 * and once more in the next cycle, since that read may come from a replica that lags behind the feed.
 */
export const readUsersPage = async (slice: Slice, mark: Mark): Promise<PhaseStep> => {
  const { directory, state, clock } = slice.world;
  const readAt = new Date(clock.nowMs()).toISOString();
  const page = await directory.readUserChanges(mark.link, slice.mapping.sourceAttributes, slice.signal);
  if (page.kind === 'resync') return { next: 'deleted', checkpoint: { marks: [resyncRound(mark)] } };
  const moved = advanceMark(mark, page.next, slice.cycle.cycleId);
  const ids = [...new Set(page.rows.map(idOf))];
  const stored = await state.objects.read(ids);
  const sorted = sortRows(page.rows, stored, { slice, mark, readAt });
  if (sorted.changes.length > 0) await state.objects.update(sorted.changes);
  const subjects = await confirmEdges(await restoreEdges(sorted.subjects, slice), slice);
  // Who is gone lets its account go first: the same person created anew may stand on the same page.
  await slice.provision(subjects.filter(({ life }) => life !== 'live'));
  await slice.provision(subjects.filter(({ life }) => life === 'live'));
  slice.count('imported', sorted.subjects.length);
  return {
    next: page.next.kind === 'more' ? 'rows' : moved.sweeping ? 'sweep' : null,
    checkpoint: { marks: [moved] },
    units: { done: sorted.subjects.length },
  };
};

const idOf = (change: UserChange): string => (change.kind === 'present' ? change.object.id : change.id);

interface PageContext {
  readonly slice: Slice;
  readonly mark: Mark;
  readonly readAt: string;
}

/** Which rows are taken through the steps now, and which only leave a note. */
const sortRows = (
  rows: readonly UserChange[],
  stored: ReadonlyMap<string, StoredObject>,
  context: PageContext,
): { readonly subjects: readonly Subject[]; readonly changes: readonly ObjectChange[] } => {
  const subjects: Subject[] = [];
  const changes: ObjectChange[] = [];
  const disputed = findDisputed(rows);
  const taken = new Set<string>();
  const isLate = context.slice.world.clock.nowMs() - Date.parse(context.mark.roundStartedAt) > longestRoundMs;
  for (const change of rows) {
    const id = idOf(change);
    const known = stored.get(id) ?? { row: emptyRow(id, 'user'), etag: null };
    if (!concerns(change, known, context)) {
      if (change.kind === 'removed') changes.push(noteGone(change, known, context));
      continue;
    }
    // The same row again says nothing new.
    if (taken.has(id)) continue;
    const isReread =
      change.kind === 'unreadable' ||
      disputed.has(id) ||
      isOutdated(known, context) ||
      lacksManager(change, known, context);
    if (isReread || (isLate && change.kind === 'present')) {
      changes.push(touched(change, id, context));
      continue;
    }
    taken.add(id);
    subjects.push(subjectOf(change, known, context));
  }
  return { subjects, changes };
};

/** Users of whom the page says two things: which of them is older cannot be told. */
const findDisputed = (rows: readonly UserChange[]): ReadonlySet<string> => {
  const first = new Map<string, string>();
  const disputed = new Set<string>();
  for (const change of rows) {
    const said = JSON.stringify(change);
    if ((first.get(idOf(change)) ?? said) !== said) disputed.add(idOf(change));
    first.set(idOf(change), said);
  }
  return disputed;
};

const concerns = (change: UserChange, known: StoredObject, { slice }: PageContext): boolean => {
  const { row } = known;
  const isOurs = row.link !== null || row.pending !== null || row.staged !== null || Object.keys(row.via).length > 0;
  if (change.kind === 'removed') return isOurs;
  return slice.settings.scopeMode === 'all' || isKnown(row);
};

/** Evaluated already in this round, or from something that was requested later than this page. */
const isOutdated = ({ row }: StoredObject, { mark, readAt }: PageContext): boolean =>
  row.eval !== null && (row.eval.round === mark.round || row.eval.readAt > readAt);

/** The row of a restored user says nothing of the manager, who may have changed or gone meanwhile. */
const lacksManager = (change: UserChange, { row }: StoredObject, { slice }: PageContext): boolean =>
  row.gone !== null &&
  change.kind === 'present' &&
  change.object.managerId === undefined &&
  slice.mapping.sourceAttributes.includes('manager');

/** That somebody is deleted is noted as well: the read shows nobody then, which alone says nothing. */
const touched = (change: UserChange, id: string, { slice }: PageContext): ObjectChange => ({
  id,
  type: 'user',
  change: (row) => {
    const nowMs = slice.world.clock.nowMs();
    const life = change.kind !== 'removed' ? 'live' : change.reason === 'changed' ? 'softDeleted' : 'hardDeleted';
    return touchRow(noteLife(row, life, nowMs), 'seen', slice.cycle.startedAt, nowMs);
  },
});

/** Of a stranger in the recycle bin only the bare id is kept; of one that is gone for good, nothing. */
const noteGone = (
  change: Extract<UserChange, { kind: 'removed' }>,
  known: StoredObject,
  { slice }: PageContext,
): ObjectChange => ({
  id: change.id,
  type: 'user',
  known,
  change: (row) => {
    if (change.reason === 'deleted') return row.gone ? { ...row, gone: null } : null;
    if (slice.settings.scopeMode === 'all' || row.gone) return null;
    return { ...row, gone: { reason: 'changed', since: new Date(slice.world.clock.nowMs()).toISOString() } };
  },
});

const subjectOf = (
  change: Exclude<UserChange, { kind: 'unreadable' }>,
  stored: StoredObject,
  { mark, readAt }: PageContext,
): Subject => ({
  stored,
  source: change.kind === 'present' ? change.object : null,
  life: change.kind === 'present' ? 'live' : change.reason === 'changed' ? 'softDeleted' : 'hardDeleted',
  readAt,
  round: mark.round,
  provenByRow: true,
  readFault: null,
});
