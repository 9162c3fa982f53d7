import { hash } from 'node:crypto';
import type { ObjectType } from '../engine/model.js';
import { decodeKey, encodeKey, instantKey, newestFirst } from './keys.js';

/** Tables of the account; all jobs share them, so every partition key begins with the job. */
export const tableNames = {
  jobs: 'Jobs',
  cycles: 'Cycles',
  edges: 'Edges',
  objects: 'Objects',
  targets: 'Targets',
  audit: 'Audit',
  demands: 'Demands',
  groupMembers: 'GroupMembers',
  credentials: 'Credentials',
  preview: 'Preview',
  drift: 'Drift',
} as const;

/** One table a month, so that retention drops whole tables. */
export const recordTablePrefix = 'ProvisioningLogs';

export const recordTable = (instantMs: number): string =>
  `${recordTablePrefix}${new Date(instantMs).toISOString().slice(0, 7).replace('-', '')}`;

/** Rows of `Jobs`, beside those that other parts keep there. */
export const jobRows = {
  job: 'job',
  lease: 'lease',
  cycle: 'cycle',
  request: 'request',
  counters: 'counters',
  mark: (stream: string) => `mark:${encodeKey(stream)}`,
  markPrefix: 'mark:',
  incident: (id: string) => `incident:${encodeKey(id)}`,
  incidentPrefix: 'incident:',
  licences: 'licences',
  removals: (hour: string) => `removals:${encodeKey(hour)}`,
  removalsPrefix: 'removals:',
  daily: (task: string) => `daily:${encodeKey(task)}`,
  demand: (changeId: string) => `demand:${encodeKey(changeId)}`,
  demandPrefix: 'demand:',
} as const;

/** Rows of `Credentials`. Tickets and states stand under their digests: whoever reads the table cannot use them. */
export const credentialRows = {
  credential: 'credential',
  tokens: 'tokens',
  turn: 'turn',
  ticketPrefix: 'ticket|',
  statePrefix: 'state|',
  ticket: (ticket: string) => `ticket|${hash('sha256', ticket, 'hex')}`,
  state: (state: string) => `state|${hash('sha256', state, 'hex')}`,
} as const;

/** By its start, which every attempt to finish the cycle agrees on. */
export const cycleRow = (startedAt: string, cycleId: string): string =>
  `${newestFirst(Date.parse(startedAt))}|${encodeKey(cycleId)}`;

/** Above every key of an object row, so that index rows lie together behind them. */
export const indexPrefix = '~';
export const stagedPrefix = '~staged|';
export const stagedRow = (id: string): string => `${stagedPrefix}${encodeKey(id)}`;

/** Groups (`g`) sort before users (`u`). */
const typeLetters: Readonly<Record<ObjectType, string>> = { group: 'g', user: 'u' };
/** By type, since groups are expanded before users are evaluated. */
export const duePrefix = (type: ObjectType): string => `~due|${typeLetters[type]}|`;
export const dueRow = (type: ObjectType, due: string, id: string): string =>
  `${duePrefix(type)}${instantKey(due)}|${encodeKey(id)}`;
export const edgePrefix = (childType: ObjectType): string => `${typeLetters[childType]}|`;
export const edgeRow = (childType: ObjectType, child: string, role: string): string =>
  `${edgePrefix(childType)}${encodeKey(child)}|${encodeKey(role)}`;

/** What `edgeRow` was given; null where the key is none of ours. */
export const parseEdgeRow = (
  rowKey: string,
): { readonly childType: ObjectType; readonly child: string; readonly role: string } | null => {
  const [letter, child, role] = rowKey.split('|');
  if (child === undefined || role === undefined || (letter !== 'g' && letter !== 'u')) return null;
  return { childType: letter === 'g' ? 'group' : 'user', child: decodeKey(child), role: decodeKey(role) };
};

/** Partition keys of one job. */
export const partitionsOf = (jobId: string) => {
  const job = encodeKey(jobId);
  return {
    job,
    objects: (shard: string) => `${job}|${shard}`,
    targets: (shard: string) => `${job}|${shard}`,
    userNames: (shard: string) => `${job}|names|${shard}`,
    edges: (parent: string) => `${job}|${encodeKey(parent)}`,
    recordsByDay: (day: string) => `${job}|day|${encodeKey(day)}`,
    recordsByCycle: (cycleId: string) => `${job}|cycle|${encodeKey(cycleId)}`,
    recordsByObject: `${job}|object`,
    recordNames: `${job}|name`,
    driftReport: `${job}|report`,
    driftFound: `${job}|found|`,
    driftListed: `${job}|listed|`,
    members: (group: string) => `${job}|${encodeKey(group)}`,
    /** Encoded ids never hold the sign, so that these partitions lie beside those of the groups. */
    memberMarks: `${job}|~due`,
    delayedMembers: `${job}|~later`,
  };
};

export type Partitions = ReturnType<typeof partitionsOf>;
