import type { StoredObject } from './state.js';
import type { Intent, ObjectRow } from './stored.js';
import type { World } from './world.js';

/** Whether somebody is at work on the object. */
export const isIntentLive = (intent: Intent | null, nowMs: number): intent is Intent =>
  intent !== null && Date.parse(intent.until) > nowMs;

/** What is about to be sent for one object. */
export interface IntentRequest {
  readonly stored: StoredObject;
  readonly operation: Intent['operation'];
  readonly userName: string | null;
  /** Zoom was not asked whether the name is free. */
  readonly assumedFree?: boolean;
  readonly targetId: string | null;
  readonly untilMs: number;
}

/** The object as it is locked by this worker's intent. */
export interface Locked {
  readonly stored: StoredObject;
  readonly intent: Intent;
}

/**
 * Writes the intents in as few transactions as there are shards, each under the ETag of the row that was decided upon,
 * together with a pending mark due when the intent ends. An object that somebody changed meanwhile is not locked: its
 * decision stands on an older state.
 */
export const writeIntents = async (
  requests: readonly IntentRequest[],
  world: Pick<World, 'state' | 'newId'>,
): Promise<ReadonlyMap<string, Locked>> => {
  if (requests.length === 0) return new Map();
  const intents = new Map(requests.map((request) => [request.stored.row.id, intentOf(request, world.newId)]));
  const written = await world.state.objects.update(
    requests.map((request) => ({
      id: request.stored.row.id,
      type: request.stored.row.type,
      known: request.stored,
      change: (row) => (isSame(row, request.stored.row) ? withIntent(row, intents.get(row.id) ?? null) : null),
    })),
  );
  const locked = new Map<string, Locked>();
  for (const [id, intent] of intents) {
    const stored = written.get(id);
    if (stored?.row.intent?.token === intent.token) locked.set(id, { stored, intent });
  }
  return locked;
};

/** The intent under another name to be sent, for an object that is still locked by it; null where it is not. */
export const renameIntent = async (
  { stored, intent }: Locked,
  userName: string,
  { state }: Pick<World, 'state'>,
): Promise<Locked | null> => {
  const { id, type } = stored.row;
  const renamed: Intent = { ...intent, operation: 'create', targetId: null, userName };
  const change = (row: ObjectRow): ObjectRow | null =>
    row.intent?.token === intent.token ? { ...row, intent: renamed } : null;
  const written = (await state.objects.update([{ id, type, known: stored, change }])).get(id);
  return written?.row.intent?.token === intent.token ? { stored: written, intent: renamed } : null;
};

const intentOf = (request: IntentRequest, newId: () => string): Intent => ({
  operation: request.operation,
  userName: request.userName,
  ...(request.assumedFree ? { assumedFree: true } : {}),
  targetId: request.targetId,
  token: newId(),
  until: new Date(request.untilMs).toISOString(),
  // A replay of the same attempt writes the same record.
  recordId: request.stored.row.intent?.recordId ?? newId(),
  touch: request.stored.row.pending?.touch ?? 0,
});

const isSame = (row: ObjectRow, decidedOn: ObjectRow): boolean => JSON.stringify(row) === JSON.stringify(decidedOn);

const withIntent = (row: ObjectRow, intent: Intent | null): ObjectRow | null =>
  intent && {
    ...row,
    intent,
    pending: {
      reason: 'intent',
      due: intent.until,
      touch: row.pending?.touch ?? 0,
      attempts: row.pending?.attempts ?? 0,
      firstFailureAt: row.pending?.firstFailureAt ?? null,
      fault: row.pending?.fault ?? null,
    },
  };

/**
 * Says anew what is about to be sent, where a decision that was made again creates what the intent was to update: a
 * crash must find the name that was sent. Null: the intent is no longer this worker's.
 */
export const restateAsCreate = async (
  { stored, intent }: Locked,
  userName: string | null,
  { state }: Pick<World, 'state'>,
): Promise<Locked | null> => {
  const create: Intent = { ...intent, operation: 'create', targetId: null, userName };
  const written = await state.objects.update([
    {
      id: stored.row.id,
      type: stored.row.type,
      known: stored,
      change: (row) => (row.intent?.token === intent.token ? { ...row, intent: create } : null),
    },
  ]);
  const now = written.get(stored.row.id);
  return now?.row.intent?.token === intent.token ? { stored: now, intent: create } : null;
};
