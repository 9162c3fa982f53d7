import type { ApiRequest } from '../../lib/api/apiRequest.js';
import { revokeConsent, startConsent } from '../../lib/api/consent.js';
import { beginAuthorisation, finishAuthorisation } from '../../lib/api/consentCallback.js';
import type { AuditEntry } from '../../lib/engine/audit.js';
import { newJob } from '../../lib/engine/newJob.js';
import type { SliceMessage } from '../../lib/engine/state.js';
import { createState } from '../../lib/state/createState.js';
import { createConsentedZoom, never, redirectUri } from '../fakes/consentedZoom.js';

const minuteMs = 60_000;
const caller = { objectId: 'admin', applicationId: 'portal' };
const request: ApiRequest = {
  method: 'POST',
  url: 'http://127.0.0.1/api',
  params: { sp: 'sp', job: 'job' },
  query: new URLSearchParams(),
  header: () => null,
  readText: async () => '',
};

/** The doors' handlers over a simulated Zoom whose clock stands still. */
const setUp = async (status: 'on' | 'off' = 'on') => {
  const zoomWorld = createConsentedZoom();
  const { clock, tables, zoom } = zoomWorld;
  const { consent, vault } = zoomWorld.open();
  const audited: AuditEntry[] = [];
  const queued: SliceMessage[] = [];
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `entry-${ids}`;
  };
  const state = createState({ tables, jobId: 'job', clock, newId });
  await state.jobs.ensureJob(newJob('job', status, 2_400_000));
  const world = {
    jobId: 'job',
    servicePrincipalId: 'sp',
    clock,
    newId,
    state: { ...state, audit: { ...state.audit, record: async (entry: AuditEntry) => void audited.push(entry) } },
    queue: { send: async (message: SliceMessage) => void queued.push(message) },
  };
  const start = async (): Promise<URLSearchParams> => {
    const { body } = await startConsent(world, consent, request, caller);
    return new URL(String(Reflect.get(Object(body), 'url'))).searchParams;
  };
  const begin = (query: URLSearchParams) => beginAuthorisation(world, consent, query);
  const finish = (query: URLSearchParams) => clock.settle(finishAuthorisation(world, consent, query, never));
  return {
    ...{ clock, zoom, zoomWorld, vault, audited, queued, world, consent, start, begin, finish },
    revoke: () => clock.settle(revokeConsent(world, consent, request, caller, never)),
    /** From the link to Zoom's redirect back to us. */
    consentAtZoom: async (): Promise<URLSearchParams> => {
      const { headers } = await begin(await start());
      const back = await zoom.send(headers['location'] ?? '');
      return new URL(back.headers.get('location') ?? '').searchParams;
    },
  };
};

describe('a consent', () => {
  it('begins with a link that says until when it is good, and ends with kept tokens and a cycle', async () => {
    const { world, consent, clock, consentAtZoom, finish, vault, audited, queued } = await setUp();
    const { status, body, headers } = await startConsent(world, consent, request, caller);
    expect([status, headers]).toEqual([200, { 'cache-control': 'no-store' }]);
    expect(body).toEqual({
      url: expect.stringMatching(/^https:\/\/sync\.contoso\.example\/api\/zoom\/authorize\?ticket=[\w-]+$/),
      expiresDateTime: new Date(clock.nowMs() + 10 * minuteMs).toISOString(),
    });
    const page = await finish(await consentAtZoom());
    expect(page.status).toBe(200);
    expect(await vault.read()).not.toBeNull();
    expect(audited).toEqual([
      expect.objectContaining({
        activity: 'Update provisioning setting or credentials',
        actor: caller,
        result: 'success',
        changes: [{ name: 'zoomConsent', old: null, new: 'given' }],
      }),
    ]);
    expect(queued).toEqual([{ jobId: 'job', cycleId: expect.any(String), slice: 1 }]);
  });

  it('starts no cycle of a job that is off', async () => {
    const { consentAtZoom, finish, queued } = await setUp('off');
    expect((await finish(await consentAtZoom())).status).toBe(200);
    expect(queued).toEqual([]);
  });

  it('answers with a page without script, and without what the request brought along', async () => {
    const { consentAtZoom, finish, vault } = await setUp();
    const query = await consentAtZoom();
    const page = await finish(query);
    const tokens = await vault.read();
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-[^']+'; /),
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    const secrets = [query.get('code'), query.get('state'), tokens?.refreshToken, tokens?.accessToken];
    for (const secret of secrets) expect(page.text).not.toContain(String(secret));
    expect(page.text).not.toContain('<script');
  });
});

describe('a link', () => {
  it('is good once', async () => {
    const { start, begin } = await setUp();
    const query = await start();
    const first = await begin(query);
    expect([first.status, first.headers['referrer-policy']]).toEqual([302, 'no-referrer']);
    const second = await begin(query);
    expect([second.status, second.text]).toEqual([410, expect.stringContaining('used already')]);
  });

  it('is good for ten minutes', async () => {
    const { start, begin, clock } = await setUp();
    const [soon, late] = [await start(), await start()];
    clock.advance(10 * minuteMs - 1);
    expect((await begin(soon)).status).toBe(302);
    clock.advance(1);
    expect(await begin(late)).toMatchObject({ status: 410, text: expect.stringContaining('expired') });
  });

  it.each(['', 'ticket=', 'ticket=made-up'])('that nobody was given goes nowhere: %p', async (text) => {
    const { begin } = await setUp();
    expect(await begin(new URLSearchParams(text))).toMatchObject({
      status: 400,
      text: expect.stringContaining('not known'),
    });
  });
});

describe('an answer of Zoom', () => {
  it('with a state that was not given out is not used, nor its code', async () => {
    const { consentAtZoom, finish, vault, zoomWorld, audited } = await setUp();
    const query = await consentAtZoom();
    const state = query.get('state') ?? '';
    for (const wrong of ['', 'made-up', `${state}x`]) {
      query.set('state', wrong);
      expect(await finish(query)).toMatchObject({ status: 400, text: expect.stringContaining('no consent') });
    }
    expect([zoomWorld.tokenStatuses(), await vault.read(), audited]).toEqual([[], null, []]);
    query.set('state', state);
    expect((await finish(query)).status).toBe(200);
  });

  it('is good once', async () => {
    const { consentAtZoom, finish, zoomWorld } = await setUp();
    const query = await consentAtZoom();
    await finish(query);
    expect(await finish(query)).toMatchObject({ status: 410, text: expect.stringContaining('used already') });
    expect(zoomWorld.tokenStatuses()).toEqual([200]);
  });

  it('that comes after ten minutes is not used', async () => {
    const { consentAtZoom, finish, clock, zoomWorld } = await setUp();
    const query = await consentAtZoom();
    clock.advance(10 * minuteMs);
    expect(await finish(query)).toMatchObject({ status: 410, text: expect.stringContaining('took too long') });
    expect(zoomWorld.tokenStatuses()).toEqual([]);
  });

  it('that declines changes nothing but the audit, and uses the state up', async () => {
    const { consentAtZoom, finish, zoom, vault, audited } = await setUp();
    zoom.settings.consent = 'declined';
    const query = await consentAtZoom();
    expect(query.get('error')).toBe('access_denied');
    expect(await finish(query)).toMatchObject({ status: 403, text: expect.stringContaining('declined') });
    expect(await vault.read()).toBeNull();
    expect(audited).toEqual([expect.objectContaining({ result: 'failure', reason: 'ConsentDenied', actor: caller })]);
    expect((await finish(query)).status).toBe(410);
  });

  it.each(['<script>alert(1)</script>', 'invalid_scope', ''])(
    'with the error %p is shown without harm',
    async (error) => {
      const { consentAtZoom, finish } = await setUp();
      const query = await consentAtZoom();
      query.delete('code');
      query.set('error', error);
      const page = await finish(query);
      expect(page.status).toBe(400);
      expect(page.text).not.toContain('<script');
      expect(page.text?.includes('invalid_scope')).toBe(error === 'invalid_scope');
    },
  );

  it('whose code Zoom refuses says why and what to do', async () => {
    const { consentAtZoom, finish, clock, zoom, audited } = await setUp();
    const late = await consentAtZoom();
    clock.advance(6 * minuteMs);
    expect(await finish(late)).toMatchObject({
      status: 400,
      text: expect.stringMatching(/five minutes.*ConsentExpired/),
    });
    const unlucky = await consentAtZoom();
    zoom.addFault({ on: 'oauth.token', fault: { mode: 'status', code: 503 } });
    expect((await finish(unlucky)).status).toBe(503);
    expect(audited.map(({ reason }) => reason)).toEqual(['ConsentExpired', 'ServiceUnavailable']);
  });
});

describe('taking it back', () => {
  it('is audited, and once only', async () => {
    const { consentAtZoom, finish, revoke, vault, audited } = await setUp();
    await finish(await consentAtZoom());
    expect((await revoke()).status).toBe(204);
    expect((await revoke()).status).toBe(204);
    expect(await vault.read()).toBeNull();
    expect(audited.map(({ result, changes }) => [result, changes[0]?.new])).toEqual([
      ['success', 'given'],
      ['success', null],
    ]);
  });

  it('says so where Zoom could not be asked, and keeps what there is', async () => {
    const { consentAtZoom, finish, revoke, vault, zoom, audited } = await setUp();
    await finish(await consentAtZoom());
    zoom.addFault({ on: 'oauth.revoke', fault: { mode: 'status', code: 503 } });
    await expect(revoke()).rejects.toMatchObject({ status: 503, code: 'ServiceUnavailable' });
    expect(await vault.read()).not.toBeNull();
    expect(audited.at(-1)).toMatchObject({ result: 'failure', reason: 'ServiceUnavailable' });
  });

  it('and giving it are refused where tokens come another way', async () => {
    const { world } = await setUp();
    const refusal = { status: 409, code: 'ConsentNotUsed' };
    await expect(startConsent(world, null, request, caller)).rejects.toMatchObject(refusal);
    await expect(revokeConsent(world, null, request, caller, never)).rejects.toMatchObject(refusal);
    expect((await beginAuthorisation(world, null, new URLSearchParams())).status).toBe(404);
    expect((await finishAuthorisation(world, null, new URLSearchParams(), never)).status).toBe(404);
  });
});

it('the redirect lies below the app’s own address', async () => {
  const { start, begin } = await setUp();
  const { headers } = await begin(await start());
  expect(new URL(headers['location'] ?? '').searchParams.get('redirect_uri')).toBe(redirectUri);
});
