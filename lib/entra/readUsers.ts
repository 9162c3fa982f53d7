import type { ReadResult } from '../engine/ports.js';
import type { SendBatch } from './batch.js';
import type { RunInChunks } from './chunks.js';
import { describeFault } from './faults.js';
import { FieldError, readRow } from './fields.js';
import { type GraphAnswer, isOk } from './graphAnswer.js';
import type { GraphClient } from './graphClient.js';
import type { Selection } from './selection.js';
import { buildUserPath, parseUser } from './users.js';

/** Full users by id, 20 a request. Every id has an entry; what concerns the job as a whole is thrown. */
export const readUsers = async (
  { client, sendBatch, runInChunks }: { client: GraphClient; sendBatch: SendBatch; runInChunks: RunInChunks },
  ids: readonly string[],
  selection: Selection,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ReadResult>> => {
  const readChunk = async (chunk: readonly string[], chunkSignal: AbortSignal) => {
    const paths = new Map(chunk.map((id) => [id, buildUserPath(id, selection)]));
    const answers = await sendBatch(paths, chunkSignal);
    return [...answers].map(([id, answer]) => [id, readResult(client, answer, selection)] as const);
  };
  return new Map((await runInChunks(ids, readChunk, signal)).flat());
};

const readResult = (client: GraphClient, answer: GraphAnswer, selection: Selection): ReadResult => {
  if (answer.status === 404) {
    return { kind: 'unseen' };
  }
  if (!isOk(answer)) {
    const failure = client.failure(answer);
    if (failure.fault.whose === 'job') {
      throw failure;
    }
    return { kind: 'fault', fault: failure.fault };
  }
  try {
    return { kind: 'found', object: parseUser(readRow(answer.body, 'body'), selection) };
  } catch (error) {
    if (!(error instanceof FieldError)) {
      throw error;
    }
    return {
      kind: 'fault',
      fault: describeFault('SourceObjectUnreadable', { detail: error.message, request: answer.trace }),
    };
  }
};
