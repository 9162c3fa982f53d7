import { z } from 'zod';
import type { Evaluation, Intent, Link, ObjectRow, Pending, RemovalState, Staged, Via } from '../engine/stored.js';
import { fault, release, values } from './shapes.js';

const text = z.string();
const textOrNull = z.string().nullable();
const trigger = z.enum(['unassigned', 'filteredOut', 'blocked', 'softDeleted', 'hardDeleted']);

export const link: z.ZodType<Link> = z.object({
  targetId: text,
  state: z.enum(['creating', 'active', 'disabled', 'detached']),
  origin: z.enum(['created', 'adopted']),
  invited: z.boolean(),
  asked: values,
  held: values,
  unshown: z.array(text).exactOptional(),
  schemaVersion: text,
  since: text,
});

export const pending: z.ZodType<Pending> = z.object({
  reason: z.enum(['assignment', 'membership', 'reference', 'seen', 'restored', 'failed', 'intent', 'left', 'unknown']),
  due: text,
  touch: z.int(),
  attempts: z.int(),
  firstFailureAt: textOrNull,
  fault: fault.nullable(),
});

export const staged: z.ZodType<Staged> = z.object({
  trigger,
  removal: z.enum(['disable', 'delete']),
  since: text,
  cycleId: text,
  state: z.enum(['staged', 'held', 'released', 'rejected']),
  incident: textOrNull,
  provenByRow: z.boolean(),
  contradictedIn: textOrNull,
  release: release.nullable().default(null),
});

export const intent: z.ZodType<Intent> = z.object({
  operation: z.enum(['create', 'adopt', 'update', 'enable', 'disable', 'delete']),
  userName: textOrNull,
  assumedFree: z.literal(true).exactOptional(),
  targetId: textOrNull,
  token: text,
  until: text,
  recordId: text,
  touch: z.int(),
});

export const evaluation: z.ZodType<Evaluation> = z.object({
  readAt: text,
  schemaVersion: text,
  cycleId: textOrNull,
  round: z.int().nullable(),
  outcome: text,
  inScope: z.boolean(),
  managerId: textOrNull,
});

export const removalState: z.ZodType<RemovalState> = z.object({ trigger, since: text, due: textOrNull });

const edgeVia: z.ZodType<Via> = z.record(
  text,
  z.object({
    missingSince: textOrNull,
    seenOnDemand: z.literal(true).exactOptional(),
    doubtedIn: text.exactOptional(),
  }),
);
export const via: z.ZodType<ObjectRow['via']> = z.record(text, edgeVia);
export const wantedBy: z.ZodType<ObjectRow['wantedBy']> = z.array(text);

export const gone: z.ZodType<NonNullable<ObjectRow['gone']>> = z.object({
  reason: z.enum(['changed', 'deleted']),
  since: text,
});

export const group: z.ZodType<NonNullable<ObjectRow['group']>> = z.object({
  displayName: textOrNull,
  securityEnabled: z.boolean().nullable(),
  reach: text.exactOptional(),
  toldIn: z.number().exactOptional(),
  attributes: z.record(text, z.union([text, z.number(), z.boolean(), z.null(), z.array(text)])).exactOptional(),
});

export const members: z.ZodType<NonNullable<ObjectRow['members']>> = z.object({
  groups: z.array(text),
  account: textOrNull,
});
