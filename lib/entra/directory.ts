import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../clock.js';
import type { Directory } from '../engine/ports.js';
import { parseEndpoint } from '../http/endpoint.js';
import { InvalidEndpointError } from '../http/invalidEndpointError.js';
import type { Send } from '../http/send.js';
import type { RequestObserver } from '../http/trace.js';
import { createBatchSender, maxBatchSize } from './batch.js';
import type { GetToken } from './bearer.js';
import { createChunkRunner } from './chunks.js';
import { readDeltaPage } from './deltaPages.js';
import { readText } from './fields.js';
import { createGraphClient } from './graphClient.js';
import { buildGroupsDeltaPath, listMembers, parseGroupChange } from './groups.js';
import { readListPage } from './lists.js';
import { createGraphSend } from './pipeline.js';
import { readMemberships } from './readMemberships.js';
import { readUsers } from './readUsers.js';
import { compileSelection } from './selection.js';
import { listAssignments, readAppRoles } from './servicePrincipal.js';
import { buildUsersDeltaPath, findUsers, parseUserChange } from './users.js';

export interface DirectoryOptions {
  /** Origin of Graph: `https://graph.microsoft.com`, a sovereign cloud's, or http on loopback. Without a version. */
  readonly endpoint: string;
  /** Object id of the enterprise application whose assignments define scope. */
  readonly servicePrincipalId: string;
  readonly getToken: GetToken;
  /** Source attributes that mappings and filters read, if they are known already: an unknown one is refused at once. */
  readonly attributes?: { readonly user?: readonly string[]; readonly group?: readonly string[] };
  /** What carries requests in the end; Node's fetch by default. */
  readonly send?: Send;
  readonly clock?: Clock;
  /** 0 to below 1, for back-off. */
  readonly random?: () => number;
  /** Ids of our own for each request. */
  readonly newId?: () => string;
  /** Told of every attempt. */
  readonly observe?: RequestObserver;
  /** Told of each wait that Graph’s throttling causes. */
  readonly onThrottle?: (waitMs: number) => void;
  /** For one attempt, body included. Default 100 s: a group's page of members can be slow. */
  readonly timeoutMs?: number;
  /**
   * Longest sum of waits (throttling, back-off) of one request in milliseconds; asked before each. A longer wait is a
   * fault with `retryAt` instead. Default 60 s; pass a function of what is left of the slice.
   */
  readonly maxWaitMs?: number | (() => number);
}

/** `$batch` requests under way at the same time. */
const batchesAtOnce = 4;

/**
 * The tenant's directory over Microsoft Graph. Throws `InvalidEndpointError` for a bad endpoint and `FaultError` with
 * code `UnknownSourceAttribute` for an attribute that does not exist; a method throws the latter too.
 */
export const createDirectory = (options: DirectoryOptions): Directory => {
  const origin = readOrigin(options.endpoint);
  compileSelection('user', options.attributes?.user ?? []);
  compileSelection('group', options.attributes?.group ?? []);
  const { servicePrincipalId, clock = systemClock, random = Math.random, maxWaitMs = 60_000 } = options;
  const onThrottle = options.onThrottle ?? (() => undefined);
  const readMaxWaitMs = typeof maxWaitMs === 'number' ? () => maxWaitMs : maxWaitMs;
  const send = createGraphSend({
    origin,
    getToken: options.getToken,
    send: options.send ?? globalThis.fetch,
    clock,
    random,
    newId: options.newId ?? randomUUID,
    observe: options.observe ?? (() => undefined),
    onThrottle,
    timeoutMs: options.timeoutMs ?? 100_000,
    maxWaitMs: readMaxWaitMs,
  });
  const client = createGraphClient({ origin, send, clock, random });
  const batches = {
    client,
    sendBatch: createBatchSender({ client, clock, random, maxWaitMs: readMaxWaitMs, onThrottle }),
    runInChunks: createChunkRunner(maxBatchSize, batchesAtOnce),
  };

  return {
    readAppRoles: (signal) => readAppRoles(client, servicePrincipalId, signal),
    listAssignments: (link, signal) => listAssignments(client, servicePrincipalId, link, signal),
    readUserChanges: async (link, select, signal) => {
      const selection = compileSelection('user', select);
      return readDeltaPage(client, buildUsersDeltaPath(selection), link, parseUserChange(selection), signal);
    },
    readGroupChanges: async (link, groupIds, select, signal) => {
      const selection = compileSelection('group', select);
      const startPath = link === null ? buildGroupsDeltaPath(groupIds, selection) : '';
      return readDeltaPage(client, startPath, link, parseGroupChange(selection), signal);
    },
    readUsers: async (ids, select, signal) => readUsers(batches, ids, compileSelection('user', select), signal),
    readMemberships: (ids, signal) => readMemberships(batches, ids, 'user', signal),
    readGroupMemberships: (ids, signal) => readMemberships(batches, ids, 'group', signal),
    findUsers: (name, signal) => findUsers(client, name, signal),
    listMembers: (groupId, link, signal) => listMembers(client, groupId, link, signal),
    listDeletedUsers: (link, signal) =>
      readListPage(
        client,
        '/directory/deletedItems/microsoft.graph.user?$select=id&$top=999',
        link,
        (row) => [readText(row, 'id')],
        signal,
      ),
  };
};

const readOrigin = (endpoint: string): string => {
  const { origin, pathname } = parseEndpoint(endpoint);
  if (pathname !== '/') {
    throw new InvalidEndpointError(
      `${origin}${pathname}: Graph’s endpoint is the host alone, without /v1.0 or any path.`,
    );
  }
  return origin;
};
