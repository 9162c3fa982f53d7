import type { Clock } from '../../clock.js';
import type { Send } from '../../http/send.js';
import { type IssuerClient, judgeClientRequest, type Refusal, toErrorBody } from './clientCredentials.js';
import { issuerOf, mintToken, type TokenRequest } from './mintToken.js';
import { createSeededIds } from './seededIds.js';
import { createSigningKeys } from './signingKeys.js';

export interface TokenIssuerOptions {
  readonly clock: Pick<Clock, 'nowMs'>;
  /** Of every id; 1 by default. The keys themselves are random. */
  readonly seed?: number;
  /** The address in its documents and tokens until `listenTokenIssuer` knows better; `http://127.0.0.1` by default. */
  readonly origin?: string;
  /** Who may ask for tokens at the token endpoint; nobody by default. */
  readonly clients?: readonly IssuerClient[];
  /** The tenants it knows; every GUID by default. */
  readonly tenants?: readonly string[];
}

/** A stand-in for Entra's v2.0 endpoints: discovery, signing keys and client credentials. */
export interface TokenIssuer {
  handle(request: Request): Promise<Response>;
  readonly send: Send;
  readonly origin: string;
  /** Documents and tokens name this address from now on. */
  setOrigin(origin: string): void;
  issuerOf(tenantId: string): string;
  /** Any token, good or odd. */
  mintToken(request: TokenRequest): Promise<string>;
  /** A new signing key; answers its id. The old ones stay published unless `dropOld`. */
  rotateKeys(options?: { readonly dropOld?: boolean }): Promise<string>;
  /** `METHOD path` of every request, in order. */
  readonly journal: readonly string[];
}

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const tokenLifetimeSeconds = 3599;

export function createTokenIssuer(options: TokenIssuerOptions): TokenIssuer {
  const { clock, seed = 1, clients = [], tenants } = options;
  const ids = createSeededIds(seed);
  const keys = createSigningKeys(ids);
  const journal: string[] = [];
  let origin = options.origin ?? 'http://127.0.0.1';

  const mint = (request: TokenRequest): Promise<string> =>
    mintToken(request, { keys, ids, nowMs: clock.nowMs(), origin });

  const refuse = (refusal: Refusal): Response =>
    Response.json(toErrorBody(refusal, ids, clock.nowMs()), { status: refusal.status });

  async function answerToken(request: Request, tenantId: string): Promise<Response> {
    const answer = judgeClientRequest(new URLSearchParams(await request.text()), clients);
    if (answer.kind === 'refused') return refuse(answer.refusal);
    const { audience, client, roles } = answer;
    const { clientId, subject } = client;
    const token = await mint({
      audience,
      roles,
      tenantId,
      clientId,
      expiresInSeconds: tokenLifetimeSeconds,
      ...(subject === undefined ? {} : { subject }),
    });
    const expires = { expires_in: tokenLifetimeSeconds, ext_expires_in: tokenLifetimeSeconds };
    return Response.json(
      { token_type: 'Bearer', ...expires, access_token: token },
      { headers: { 'cache-control': 'no-store' } },
    );
  }

  async function handle(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    journal.push(`${request.method} ${pathname}`);
    const [, tenantId = '', ...rest] = pathname.split('/');
    const route = `${request.method} ${rest.join('/')}`;
    const isKnown = tenants === undefined ? guid.test(tenantId) : tenants.includes(tenantId);
    if (!isKnown) {
      const description = `Tenant '${tenantId}' not found.`;
      return refuse({ status: 400, error: 'invalid_tenant', code: 90002, description });
    }
    switch (route) {
      case 'GET v2.0/.well-known/openid-configuration':
        return Response.json(describeIssuer(origin, tenantId));
      case 'GET discovery/v2.0/keys':
        return Response.json({
          keys: (await keys.publish()).map((key) => ({ ...key, issuer: issuerOf(origin, tenantId) })),
        });
      case 'POST oauth2/v2.0/token':
        return answerToken(request, tenantId);
      default:
        return new Response(null, { status: 404 });
    }
  }

  return {
    handle,
    send: (input, init) => handle(new Request(input, init)),
    get origin() {
      return origin;
    },
    setOrigin(next) {
      origin = next;
    },
    issuerOf: (tenantId) => issuerOf(origin, tenantId),
    mintToken: mint,
    rotateKeys: ({ dropOld = false } = {}) => keys.rotate(dropOld),
    journal,
  };
}

function describeIssuer(origin: string, tenantId: string): object {
  const base = `${origin}/${tenantId}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token'],
    scopes_supported: ['openid'],
    issuer: issuerOf(origin, tenantId),
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nbf', 'azp', 'tid', 'oid', 'roles', 'ver'],
  };
}
