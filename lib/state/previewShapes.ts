import { z } from 'zod';
import type { JsonObject, TargetAccount } from '../engine/model.js';
import type {
  Preview,
  PreviewAction,
  PreviewOperation,
  PreviewReport,
  PreviewSettings,
} from '../engine/preview/preview.js';
import type { PretendAccount } from '../engine/preview/previewStore.js';
import type { RemovalRule } from '../engine/removalPolicy.js';
import { cycleKind, fault, values } from './shapes.js';

const text = z.string();
const textOrNull = z.string().nullable();
const counts = z.record(text, z.number());

export const action: z.ZodType<PreviewAction> = z.enum([
  'create',
  'adopt',
  'update',
  'enable',
  'disable',
  'delete',
  'hold',
  'fail',
  'skip',
]);

const rule: z.ZodType<RemovalRule> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('disable') }),
  z.object({ kind: z.literal('delete'), afterMs: z.number() }),
]);

const settings: z.ZodType<PreviewSettings> = z.object({
  scopeMode: z.enum(['assigned', 'all']).exactOptional(),
  removalPolicy: z
    .object({ unassigned: rule, filteredOut: rule, blocked: rule, softDeleted: rule, hardDeleted: rule })
    .exactOptional(),
  skipOutOfScopeDeletions: z.boolean().exactOptional(),
  deletionThreshold: z.number().exactOptional(),
  deletionThresholdPercent: z.number().exactOptional(),
  deletionThresholdDaily: z.number().exactOptional(),
});

const report: z.ZodType<PreviewReport> = z.object({
  kind: cycleKind,
  counts: z.object({
    create: z.number(),
    adopt: z.number(),
    update: z.number(),
    enable: z.number(),
    disable: z.number(),
    delete: z.number(),
    hold: z.number(),
    fail: z.number(),
    skip: z.number(),
  }),
  skips: counts,
  failures: counts,
  graphRequests: z.number(),
  zoomRequests: z.number(),
  isIncomplete: z.boolean(),
  fault: fault.nullable(),
});

export const previewShape: z.ZodType<Preview> = z.object({
  previewId: text,
  state: z.enum(['running', 'completed', 'failed']),
  kind: cycleKind,
  settings,
  isDraftSchema: z.boolean(),
  requestedAt: text,
  movedAt: text,
  endedAt: textOrNull,
  expiresAt: text,
  isPrepared: z.boolean(),
  report: report.nullable(),
});

export const operationShape: z.ZodType<PreviewOperation> = z.object({
  id: text,
  action,
  sourceId: text,
  sourceName: text,
  userPrincipalName: textOrNull,
  targetId: textOrNull,
  code: textOrNull,
  reason: text,
  modifiedProperties: z.array(z.object({ displayName: text, oldValue: textOrNull, newValue: textOrNull })),
});

const resource: z.ZodType<JsonObject> = values;
const account: z.ZodType<TargetAccount> = z.object({
  id: text,
  userName: text,
  active: z.boolean(),
  resource,
  complete: z.boolean(),
});

export const accountShape: z.ZodType<PretendAccount> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('held'), account }),
  z.object({ kind: z.literal('deleted'), id: text }),
]);
