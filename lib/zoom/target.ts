import type { Target } from '../engine/ports.js';
import { parseEndpoint } from '../http/endpoint.js';
import type { PaceReading } from '../http/pace.js';
import { createBearerSource } from './auth/bearer.js';
import { createServerToServerSource } from './auth/serverToServer.js';
import type { TokenSource } from './auth/tokenSource.js';
import { createCarrier } from './carrier.js';
import { createDialect } from './dialects/createDialect.js';
import { createExchange } from './exchange.js';
import { defaultPageSize, type ZoomTargetOptions } from './options.js';
import { createScimPace, createScimSend, createTokenSend } from './pipeline.js';
import { findUser, listUsers, readUser } from './readUsers.js';
import { createPathTemplate } from './requestTrace.js';
import { createSerializer } from './serialize.js';
import { createGroups } from './writeGroups.js';
import { createUserWriter } from './writeUsers.js';

export interface ZoomTarget extends Target {
  /** How fast requests may go now, by rate category, for progress and diagnosis. */
  readPace(): Readonly<Record<string, PaceReading>>;
}

/** The target over a SCIM service at `scimEndpoint`. Throws `InvalidEndpointError` for an endpoint that must not be used. */
export const createTarget = (options: ZoomTargetOptions): ZoomTarget => {
  const scimEndpoint = parseEndpoint(options.scimEndpoint);
  const oauthEndpoint = parseEndpoint(options.oauthEndpoint);
  const pace = createScimPace(options);
  const tokens = createTokenSource(options, scimEndpoint, oauthEndpoint);
  const carry = createCarrier(scimEndpoint, createScimSend(options, scimEndpoint, tokens, pace));
  const toTemplate = createPathTemplate([scimEndpoint]);
  const base = scimEndpoint.pathname.replace(/\/$/, '');
  const exchange = createExchange({
    carry,
    describePath: (path) => toTemplate(`${base}${path}`),
    nowMs: () => options.clock.nowMs(),
  });
  const dialect = createDialect(options.dialect ?? 'zoom');
  const serialize = createSerializer();
  const writer = createUserWriter(exchange, dialect, serialize);
  const count = options.pageSize ?? defaultPageSize;
  const observer = options.observer ?? {};
  return {
    checkUserValues: dialect.checkUserValues,
    findUser: (path, value, signal) => findUser(exchange, dialect, path, value, signal),
    readUser: (targetId, signal) => readUser(exchange, dialect, targetId, signal),
    listUsers: (startIndex, signal) => listUsers(exchange, dialect, { startIndex, count }, observer, signal),
    createUser: writer.create,
    updateUser: writer.update,
    setUserActive: writer.setActive,
    deleteUser: writer.delete,
    groups: createGroups(exchange, dialect, serialize, count, options.memberRemoval ?? 'probe'),
    readPace: pace.read,
  };
};

/** The source of the tokens that these options name, for several targets to share. */
export const createSharedTokens = (options: ZoomTargetOptions): TokenSource =>
  createTokenSource(options, parseEndpoint(options.scimEndpoint), parseEndpoint(options.oauthEndpoint));

const createTokenSource = (options: ZoomTargetOptions, scimEndpoint: URL, oauthEndpoint: URL): TokenSource => {
  const { auth, clock } = options;
  switch (auth.kind) {
    case 'tokens':
      return auth.source;
    case 'bearer':
      return createBearerSource(auth.token);
    case 'serverToServer':
      return createServerToServerSource({
        ...auth,
        oauthEndpoint,
        clock,
        send: createTokenSend(options, oauthEndpoint),
        onApiHost: (host) => {
          if (host !== scimEndpoint.host) {
            options.observer?.foreignApiHost?.(host);
          }
        },
      });
  }
};
