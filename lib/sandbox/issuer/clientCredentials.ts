import type { SeededIds } from './seededIds.js';

/** An application that may ask for tokens. */
export interface IssuerClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly subject?: string;
  /** The roles it has been granted, by the resource that it asks for (`api://…`). */
  readonly grants: Readonly<Record<string, readonly string[]>>;
}

export type ClientAnswer =
  | {
      readonly kind: 'granted';
      readonly client: IssuerClient;
      readonly audience: string;
      readonly roles: readonly string[];
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface Refusal {
  readonly status: number;
  readonly error: string;
  /** The number after AADSTS. */
  readonly code: number;
  readonly description: string;
}

const refuse = (status: number, error: string, code: number, description: string): ClientAnswer => ({
  kind: 'refused',
  refusal: { status, error, code, description },
});

/** Decides about a client-credentials request as Entra's token endpoint does, with its errors. */
export function judgeClientRequest(form: URLSearchParams, clients: readonly IssuerClient[]): ClientAnswer {
  const grantType = form.get('grant_type');
  if (grantType === null) {
    return refuse(
      400,
      'invalid_request',
      900144,
      "The request body must contain the following parameter: 'grant_type'.",
    );
  }
  if (grantType !== 'client_credentials') {
    return refuse(400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grantType}'.`);
  }
  const clientId = form.get('client_id') ?? '';
  const client = clients.find((candidate) => candidate.clientId === clientId);
  if (client === undefined) {
    return refuse(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${clientId}' was not found in the directory.`,
    );
  }
  if (form.get('client_secret') !== client.clientSecret) {
    return refuse(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
  }
  const scope = form.get('scope') ?? '';
  const audience = /^(\S+)\/\.default$/.exec(scope)?.[1];
  if (audience === undefined) {
    return refuse(
      400,
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope} is not valid: it must end with /.default.`,
    );
  }
  const roles = client.grants[audience];
  if (roles === undefined) {
    return refuse(
      400,
      'invalid_resource',
      500011,
      `The resource principal named ${audience} was not found in the tenant.`,
    );
  }
  return { kind: 'granted', client, audience, roles };
}

/** The body of Entra's error answers. */
export function toErrorBody({ error, code, description }: Refusal, ids: SeededIds, nowMs: number): object {
  const traceId = ids.guid();
  const correlationId = ids.guid();
  const timestamp = new Date(nowMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
  return {
    error,
    error_description: `AADSTS${code}: ${description} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  };
}
