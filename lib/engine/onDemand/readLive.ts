import { watchLinks } from '../linkWalk.js';
import type { Fault, Life, SourceObject } from '../model.js';
import { type FreshNesting, type FreshPaths, findPaths, readNesting, withoutNesting } from '../phases/freshPaths.js';
import { type FreshAssignments, freshEdges } from '../phases/freshScope.js';
import type { StoredObject } from '../state.js';
import { appParent, type ObjectRow } from '../stored.js';
import type { DemandBatch } from './demand.js';

/** A user as the directory shows it now: the object, its paths to the application, and how far the answers reach. */
export interface LiveUser {
  readonly source: SourceObject | null;
  readonly life: Life;
  readonly readFault: Fault | null;
  readonly readAt: string;
  readonly via: ObjectRow['via'];
  /** Groups of which the user is a direct member; null where that could not be seen. */
  readonly memberOf: readonly string[] | null;
  /** The groups among them that lead to the application, with the roles they bring, and the groups above them. */
  readonly paths: FreshPaths;
  /** Roles of the assigned groups on these paths. */
  readonly assignedRoles: ReadonlyMap<string, readonly string[]>;
  /** All that was seen above the groups, whether it leads to the application or not. */
  readonly nesting: FreshNesting;
  /** Every group that is assigned or tracked; of each it is known whether the user is a member. */
  readonly knownGroups: ReadonlySet<string>;
  /** What was read proves nothing about paths that it does not show. */
  readonly pathsIncomplete: boolean;
  /** The directory names the user somewhere: it shows the object, holds it in the recycle bin or lists it as assigned. */
  readonly isNamed: boolean;
}

/** Replicas of the directory lag behind its feeds, by minutes at most (Graph, eventual consistency). */
const replicaLagMs = 10 * 60 * 1000;

/**
 * Reads the object, its direct memberships and the assignment list. A 404 is a removal only with the recycle bin, or
 * with an absence that no lag explains and no other answer contradicts; else the object is not visible yet. Throws
 * `FaultError`.
 */
export const readLive = async (stored: StoredObject, list: FreshAssignments, batch: DemandBatch): Promise<LiveUser> => {
  const { world, mapping, settings } = batch.options;
  const { id } = stored.row;
  const readAt = new Date(world.clock.nowMs()).toISOString();
  const isAssignedScope = settings.scopeMode === 'assigned';
  const [reads, memberships] = await Promise.all([
    world.directory.readUsers([id], mapping.sourceAttributes, batch.signal),
    isAssignedScope ? world.directory.readMemberships([id], batch.signal) : new Map<string, readonly string[]>(),
  ]);
  const read = reads.get(id) ?? { kind: 'unseen' };
  const isAssigned = list.userRoles.has(id);
  const memberOf = memberships.get(id) ?? null;
  const isNamedElsewhere = isAssigned || memberOf !== null;
  const life = read.kind === 'unseen' ? await lifeOfUnseen(stored.row, isNamedElsewhere, batch) : 'live';
  const nesting = settings.nestedGroups
    ? await readNesting(memberOf ?? [], { world, signal: batch.signal })
    : withoutNesting(memberOf ?? []);
  const paths = findPaths(memberOf ?? [], list, nesting);
  const via = freshEdges(id, list, paths);
  const isUnread =
    read.kind !== 'found' || memberOf === null || paths.isIncomplete || (await isInterrupted(list, batch));
  return {
    source: read.kind === 'found' ? read.object : null,
    life,
    readFault: read.kind === 'fault' ? read.fault : null,
    readAt,
    via,
    memberOf,
    paths,
    assignedRoles: new Map(
      [...paths.parents.keys()].flatMap((group) => {
        const roles = list.groupRoles.get(group);
        return roles ? [[group, roles] as const] : [];
      }),
    ),
    nesting,
    knownGroups: new Set(
      memberOf === null ? [] : [...list.groupRoles.keys(), ...(settings.nestedGroups ? batch.tracked.keys() : [])],
    ),
    pathsIncomplete: isAssignedScope && life === 'live' && isUnread,
    isNamed: read.kind !== 'unseen' || life !== 'live' || isAssigned,
  };
};

/** An empty list while assignments are stored says nothing about anybody. */
const isInterrupted = async (list: FreshAssignments, { options }: DemandBatch): Promise<boolean> =>
  list.isEmpty && (await options.world.state.edges.list(appParent, null)).rows.length > 0;

const lifeOfUnseen = async (row: ObjectRow, isNamed: boolean, batch: DemandBatch): Promise<Life> => {
  if (await isInRecycleBin(row.id, batch)) return 'softDeleted';
  // It may have been restored, or purged: the account is off already, and more than that was not read.
  if (row.gone) return row.gone.reason === 'changed' ? 'softDeleted' : 'hardDeleted';
  const lastSeenMs = row.link && row.eval ? Date.parse(row.eval.readAt) : null;
  const isLongUnseen = lastSeenMs !== null && batch.options.world.clock.nowMs() - lastSeenMs >= replicaLagMs;
  return isLongUnseen && !isNamed && !(await hasMemberships(row.id, batch)) ? 'hardDeleted' : 'live';
};

/** One answer of 404 may come from a replica that is alone in it; of somebody purged no replica knows memberships. */
const hasMemberships = async (id: string, { options, signal }: DemandBatch): Promise<boolean> =>
  (await options.world.directory.readMemberships([id], signal)).has(id);

const isInRecycleBin = async (id: string, { options, signal }: DemandBatch): Promise<boolean> => {
  const watch = watchLinks();
  let link: string | null = null;
  do {
    const page = await options.world.directory.listDeletedUsers(link, signal);
    if (page.rows.includes(id)) return true;
    link = watch(page.next);
  } while (link !== null);
  return false;
};
