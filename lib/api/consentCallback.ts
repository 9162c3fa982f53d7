import type { ConsentAttempt, Redeemed, ZoomConsent } from '../engine/consent.js';
import { FaultError } from '../engine/model.js';
import type { ApiAnswer } from './apiRequest.js';
import { type ConsentWorld, consentMs, recordConsent } from './consent.js';
import { answerPage, type PageText, privateHeaders } from './consentPage.js';

const askAgain = 'Ask whoever sent the link for a new one (POST …/zoomConsent).';
const startAgain = 'Nothing was changed. Start again with a new link (POST …/zoomConsent).';

type Unusable = Exclude<Redeemed<unknown>['kind'], 'ok'>;

const ticketPages: Readonly<Record<Unusable, PageText & { readonly status: number }>> = {
  unknown: { status: 400, title: 'This link is not known', text: `It may be incomplete. ${askAgain}` },
  used: { status: 410, title: 'This link was used already', text: `Each link is good once. ${askAgain}` },
  expired: { status: 410, title: 'This link has expired', text: `A link is good for ten minutes. ${askAgain}` },
};

const statePages: Readonly<Record<Unusable, PageText & { readonly status: number }>> = {
  unknown: {
    status: 400,
    title: 'This answer belongs to no consent',
    text: `It was not started here, so its code was not used. ${startAgain}`,
  },
  used: {
    status: 410,
    title: 'This answer was used already',
    text: 'Each answer of Zoom is good once. The job’s status shows whether the app is authorised.',
  },
  expired: {
    status: 410,
    title: 'The consent took too long',
    text: `Zoom’s answer came more than ten minutes after the start. ${startAgain}`,
  },
};

const notUsed: PageText = {
  title: 'Consent is not used here',
  text: 'This deployment gets its Zoom tokens another way (ZOOM_AUTH).',
};

/** `GET /api/zoom/authorize`: the ticket stands in for a token; it is used up, and the browser goes on to Zoom. */
export const beginAuthorisation = async (
  world: ConsentWorld,
  consent: ZoomConsent | null,
  query: URLSearchParams,
): Promise<ApiAnswer> => {
  if (consent === null) return answerPage(404, notUsed);
  const [state, verifier] = [consent.newSecret(), consent.newSecret()];
  const expiresAtMs = world.clock.nowMs() + consentMs;
  const redeemed = await consent.tickets.open(query.get('ticket') ?? '', state, verifier, expiresAtMs);
  if (redeemed.kind !== 'ok') return answerPage(ticketPages[redeemed.kind].status, ticketPages[redeemed.kind]);
  const location = consent.authorizeUrl(state, verifier);
  return { status: 302, headers: { ...privateHeaders, location }, body: undefined };
};

/**
 * `GET /api/zoom/callback`: what Zoom sends the browser back with. The state is used up first, whatever else came; the
 * code is exchanged, the tokens are kept, and a job that is on gets a cycle.
 */
export const finishAuthorisation = async (
  world: ConsentWorld,
  consent: ZoomConsent | null,
  query: URLSearchParams,
  signal: AbortSignal,
): Promise<ApiAnswer> => {
  if (consent === null) return answerPage(404, notUsed);
  const redeemed = await consent.tickets.redeemState(query.get('state') ?? '');
  if (redeemed.kind !== 'ok') return answerPage(statePages[redeemed.kind].status, statePages[redeemed.kind]);
  const attempt = redeemed.content;
  const code = query.get('code') ?? '';
  if (query.has('error') || code === '') return refuse(world, attempt, query.get('error'));
  try {
    const replaced = await consent.redeemCode(code, attempt.verifier, signal);
    await recordConsent(world, attempt.actor, replaced ? 'given' : null, 'given', null);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return explain(world, attempt, error);
  }
  await requestCycle(world);
  return answerPage(200, {
    title: 'Zoom is authorised',
    text: 'The tokens are kept and the job can run. You can close this page.',
  });
};

/** Zoom sent no code: the administrator declined, or the app is not set up for this. */
const refuse = async (world: ConsentWorld, { actor }: ConsentAttempt, error: string | null): Promise<ApiAnswer> => {
  const isDenied = error === 'access_denied';
  await recordConsent(world, actor, null, null, isDenied ? 'ConsentDenied' : 'ConsentRefused');
  if (isDenied) return answerPage(403, { title: 'Consent was declined', text: startAgain });
  const said = error !== null && /^[a-z_]{1,40}$/.test(error) ? ` (${error})` : '';
  return answerPage(400, {
    title: 'Zoom did not authorise the app',
    text: `Zoom sent no code${said}. Check the app’s settings in the Zoom Marketplace. ${startAgain}`,
  });
};

const explain = async (world: ConsentWorld, { actor }: ConsentAttempt, error: FaultError): Promise<ApiAnswer> => {
  const { code, message, recommendedAction, whose } = error.fault;
  await recordConsent(world, actor, null, null, code);
  return answerPage(whose === 'job' ? 400 : 503, {
    title: 'The consent could not be completed',
    text: `${message} ${recommendedAction} (${code})`,
  });
};

/** The job may wait in quarantine for the very consent that was given. */
const requestCycle = async ({ state, queue, jobId, newId, clock }: ConsentWorld): Promise<void> => {
  const { job, cycle } = await state.jobs.read();
  if (job?.status !== 'on' || cycle) return;
  const requestedAt = new Date(clock.nowMs()).toISOString();
  const { cycleId } = await state.jobs.request({ cycleId: newId(), kind: 'incremental', requestedAt });
  await queue.send({ jobId, cycleId, slice: 1 }, 0);
};
