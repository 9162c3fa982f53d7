import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { HostError } from './hostError.js';
import type { Settings } from './settings.js';
import { parseTimeSpanMs } from './timeSpan.js';

const timeSpanMs = z.string().transform((text, context) => {
  const spanMs = parseTimeSpanMs(text);
  if (spanMs !== null) return spanMs;
  context.addIssue({ code: 'custom', message: `expected a time span hh:mm:ss, found "${text}"` });
  return z.NEVER;
});

const wholeNumber = z.coerce.number().int();

const queuesShape = z.object({
  batchSize: wholeNumber.min(1).max(32).default(16),
  newBatchThreshold: wholeNumber.min(0).optional(),
  maxDequeueCount: wholeNumber.min(1).default(5),
  /** How long a failed message stays hidden. */
  visibilityTimeout: timeSpanMs.default(0),
  /** One minute in Azure; two seconds, as in the host's own development mode, here. */
  maxPollingInterval: timeSpanMs.pipe(z.number().min(100)).default(2000),
  messageEncoding: z.enum(['base64', 'none']).default('base64'),
});

const hostJsonShape = z.object({
  version: z.literal('2.0'),
  logging: z.object({ logLevel: z.record(z.string(), z.string()).default({}) }).default({ logLevel: {} }),
  extensions: z
    .object({
      http: z.object({ routePrefix: z.string().default('api') }).default({ routePrefix: 'api' }),
      queues: queuesShape.prefault({}),
    })
    .prefault({}),
});

/** host.json, with the defaults of the Functions host where it is silent. Times are in milliseconds. */
export interface HostJson {
  readonly routePrefix: string;
  readonly logLevels: Readonly<Record<string, string>>;
  readonly queues: QueueOptions;
}

export interface QueueOptions {
  readonly batchSize: number;
  readonly newBatchThreshold: number;
  readonly maxDequeueCount: number;
  readonly retryVisibilityMs: number;
  readonly maxPollingIntervalMs: number;
  readonly messageEncoding: 'base64' | 'none';
}

const overridePrefix = 'AzureFunctionsJobHost__';

/** Reads host.json of `appRoot`; settings `AzureFunctionsJobHost__a__b` override its `a.b`, as in the real host. */
export function readHostJson(appRoot: string, settings: Settings): HostJson {
  return parseHostJson(readFileSync(path.join(appRoot, 'host.json'), 'utf8'), settings);
}

/** Throws `HostJsonInvalid` naming the first faulty member. */
export function parseHostJson(text: string, settings: Settings): HostJson {
  const result = hostJsonShape.safeParse(overrideMembers(parseObject(text), settings));
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new HostError('HostJsonInvalid', `host.json, ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { extensions, logging } = result.data;
  const { queues } = extensions;
  return {
    routePrefix: extensions.http.routePrefix.replace(/^\/+|\/+$/g, ''),
    logLevels: logging.logLevel,
    queues: {
      batchSize: queues.batchSize,
      newBatchThreshold: queues.newBatchThreshold ?? Math.floor(queues.batchSize / 2),
      maxDequeueCount: queues.maxDequeueCount,
      retryVisibilityMs: queues.visibilityTimeout,
      maxPollingIntervalMs: queues.maxPollingInterval,
      messageEncoding: queues.messageEncoding,
    },
  };
}

type JsonObject = Record<string, unknown>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (error) {
    throw new HostError('HostJsonInvalid', 'host.json is not JSON', { cause: error });
  }
  throw new HostError('HostJsonInvalid', 'host.json: expected an object');
}

function overrideMembers(root: JsonObject, settings: Settings): JsonObject {
  for (const [name, value] of Object.entries(settings)) {
    if (!name.startsWith(overridePrefix)) continue;
    const members = name.slice(overridePrefix.length).split('__');
    const last = members.pop();
    if (last === undefined || last === '') continue;
    let parent = root;
    for (const member of members) parent = childObject(parent, member);
    parent[memberName(parent, last)] = value;
  }
  return root;
}

function childObject(parent: JsonObject, member: string): JsonObject {
  const name = memberName(parent, member);
  const child = parent[name];
  if (isObject(child)) return child;
  const created: JsonObject = {};
  parent[name] = created;
  return created;
}

/** Configuration keys are compared without regard to case. */
const memberName = (parent: JsonObject, wanted: string): string =>
  Object.keys(parent).find((name) => name.toLowerCase() === wanted.toLowerCase()) ?? wanted;
