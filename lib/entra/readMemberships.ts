import type { ObjectType } from '../engine/model.js';
import type { SendBatch } from './batch.js';
import type { RunInChunks } from './chunks.js';
import { type Row, readOptionalText, readText } from './fields.js';
import { type GraphAnswer, isOk } from './graphAnswer.js';
import type { GraphClient } from './graphClient.js';
import { parseListPage, readListPage } from './lists.js';

/**
 * Ids of the groups that each user, or each group, is a direct member of, 20 objects a request and further pages one by
 * one. An object that cannot be seen has no entry; any other failure is thrown, since half a list would say that somebody left a group.
 */
export const readMemberships = async (
  { client, sendBatch, runInChunks }: { client: GraphClient; sendBatch: SendBatch; runInChunks: RunInChunks },
  ids: readonly string[],
  type: ObjectType,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const readChunk = async (chunk: readonly string[], chunkSignal: AbortSignal) => {
    const answers = await sendBatch(new Map(chunk.map((id) => [id, buildPath(id, type)])), chunkSignal);
    const entries: Array<readonly [string, readonly string[]]> = [];
    for (const [id, answer] of answers) {
      if (answer.status !== 404) {
        entries.push([id, await readToEnd(client, answer, chunkSignal)]);
      }
    }
    return entries;
  };
  return new Map((await runInChunks(ids, readChunk, signal)).flat());
};

const buildPath = (id: string, type: ObjectType): string =>
  `/${type}s/${encodeURIComponent(id)}/memberOf?$select=id&$top=999`;

const readToEnd = async (client: GraphClient, first: GraphAnswer, signal: AbortSignal): Promise<readonly string[]> => {
  if (!isOk(first)) {
    throw client.failure(first);
  }
  let page = parseListPage(client, first, null, parseGroupId);
  const groupIds = [...page.rows];
  while (page.next !== null) {
    page = await readListPage(client, '', page.next, parseGroupId, signal);
    groupIds.push(...page.rows);
  }
  return groupIds;
};

/** Directory roles and administrative units stand in the same list. */
const parseGroupId = (row: Row): readonly string[] => {
  const type = readOptionalText(row, '@odata.type');
  return type === null || type.toLowerCase() === '#microsoft.graph.group' ? [readText(row, 'id')] : [];
};
