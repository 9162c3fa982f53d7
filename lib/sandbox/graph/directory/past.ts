import type { Properties } from './properties.js';
import type {
  AssignmentRecord,
  Change,
  GroupRecord,
  MemberType,
  ServicePrincipalRecord,
  UserRecord,
} from './records.js';

/** The object's changes after `asOfMs`, newest first. */
function* changesAfter(lastChange: Change | null, asOfMs: number): Iterable<Change> {
  for (let change = lastChange; change !== null && change.atMs > asOfMs; change = change.previous) {
    yield change;
  }
}

/** An object as it was: `visible` is false before its creation and while it was deleted. */
export interface PastObject {
  readonly visible: boolean;
  readonly properties: Properties;
  readonly managerId: string | null;
}

/** The user or group as a replica sees it that knows nothing of the time after `asOfMs`. */
export const objectAt = (record: UserRecord | GroupRecord, asOfMs: number): PastObject => {
  let visible = record.deletedAtMs === null;
  let properties = record.properties;
  let managerId = 'managerId' in record ? record.managerId : null;
  for (const change of changesAfter(record.lastChange, asOfMs)) {
    switch (change.kind) {
      case 'created':
        visible = false;
        break;
      case 'deleted':
        visible = true;
        break;
      case 'restored':
      case 'purged':
        visible = false;
        break;
      case 'updated':
        properties = change.before;
        break;
      case 'managerSet':
        managerId = change.before;
        break;
      case 'memberAdded':
      case 'memberRemoved':
        break;
    }
  }
  return { visible, properties, managerId };
};

/** The group's members at `asOfMs`, as (id, type, order of addition). */
export function* membersAt(
  group: GroupRecord,
  asOfMs: number,
): Iterable<{ readonly id: string; readonly type: MemberType; readonly seq: number }> {
  const undone = new Map<string, Change>();
  for (const change of changesAfter(group.lastChange, asOfMs)) {
    if (change.kind === 'memberAdded' || change.kind === 'memberRemoved') {
      undone.set(change.member.id, change);
    }
  }
  for (const change of undone.values()) {
    if (change.kind === 'memberRemoved') {
      yield { ...change.member, seq: 0 };
    }
  }
  for (const [id, edge] of group.members) {
    if (!undone.has(id)) {
      yield { id, ...edge };
    }
  }
}

/** The service principal's assignment rows at `asOfMs`, in order of addition. */
export const assignmentsAt = (resource: ServicePrincipalRecord, asOfMs: number): Iterable<AssignmentRecord> => {
  const addedSince = new Set<string>();
  const removedSince: AssignmentRecord[] = [];
  for (let index = resource.recentChanges.length - 1; index >= 0; index -= 1) {
    const change = resource.recentChanges[index];
    if (change === undefined || change.atMs <= asOfMs) {
      break;
    }
    if (change.kind === 'unassigned') {
      removedSince.push(change.row);
    } else {
      addedSince.add(change.row.id);
    }
  }
  if (addedSince.size === 0 && removedSince.length === 0) {
    return resource.assignments.values();
  }
  return [...removedSince, ...resource.assignments.values()]
    .filter((row) => !addedSince.has(row.id))
    .sort((left, right) => left.seq - right.seq);
};
