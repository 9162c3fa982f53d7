import type { AuditEntry } from '../engine/audit.js';
import type { ZoomConsent } from '../engine/consent.js';
import { FaultError } from '../engine/model.js';
import type { World } from '../engine/world.js';
import { ApiError } from './apiError.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import type { Caller } from './authorise.js';
import { checkJob } from './jobPath.js';

export type ConsentWorld = Pick<World, 'jobId' | 'servicePrincipalId' | 'state' | 'queue' | 'clock' | 'newId'>;

/** How long a link is good, and then how long Zoom's page may stand open. */
export const consentMs = 10 * 60_000;

/** `POST …/jobs/{job}/zoomConsent`: a link for a browser, good once and for ten minutes. */
export const startConsent = async (
  world: ConsentWorld,
  consent: ZoomConsent | null,
  request: ApiRequest,
  caller: Caller,
): Promise<ApiAnswer> => {
  checkJob(world, request);
  const { tickets, publicUrl, newSecret } = requireConsent(consent);
  const ticket = newSecret();
  const expiresAtMs = world.clock.nowMs() + consentMs;
  await tickets.issue(ticket, toActor(caller), expiresAtMs);
  const url = `${publicUrl}/api/zoom/authorize?ticket=${encodeURIComponent(ticket)}`;
  return {
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: { url, expiresDateTime: new Date(expiresAtMs).toISOString() },
  };
};

/**
 * `DELETE …/jobs/{job}/zoomConsent`: Zoom ends the tokens, then they are forgotten; 204, also where there were none.
 * Where Zoom cannot be asked nothing is forgotten, so that it can be tried again: 502 or 503 with the fault's code.
 */
export const revokeConsent = async (
  world: ConsentWorld,
  consent: ZoomConsent | null,
  request: ApiRequest,
  caller: Caller,
  signal: AbortSignal,
): Promise<ApiAnswer> => {
  checkJob(world, request);
  const desk = requireConsent(consent);
  try {
    if (await desk.revoke(signal)) await recordConsent(world, toActor(caller), 'given', null, null);
    return { status: 204, headers: {}, body: undefined };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { code, message, recommendedAction, whose } = error.fault;
    await recordConsent(world, toActor(caller), 'given', 'given', code);
    throw new ApiError(whose === 'job' ? 502 : 503, code, `${message} ${recommendedAction}`);
  }
};

/** Notes a change of the consent, or the failure of one. Never a token. */
export const recordConsent = async (
  world: Pick<World, 'state' | 'clock' | 'newId'>,
  actor: AuditEntry['actor'],
  before: 'given' | null,
  after: 'given' | null,
  failure: string | null,
): Promise<void> =>
  world.state.audit.record({
    id: world.newId(),
    at: new Date(world.clock.nowMs()).toISOString(),
    activity: 'Update provisioning setting or credentials',
    actor,
    result: failure === null ? 'success' : 'failure',
    reason: failure,
    changes: failure === null ? [{ name: 'zoomConsent', old: before, new: after }] : [],
  });

const toActor = ({ objectId, applicationId }: Caller): AuditEntry['actor'] => ({ objectId, applicationId });

const requireConsent = (consent: ZoomConsent | null): ZoomConsent => {
  if (consent !== null) return consent;
  throw new ApiError(
    409,
    'ConsentNotUsed',
    'This deployment gets its Zoom tokens another way. Set ZOOM_AUTH to authorizationCode to use consent.',
  );
};
