import type { Send } from '../../lib/http/send.js';
import type { RequestRecord } from '../../lib/http/trace.js';
import type { ZoomTargetOptions } from '../../lib/zoom/options.js';
import { createTarget, type ZoomTarget } from '../../lib/zoom/target.js';
import { createHeldClock, type HeldClock } from '../fakes/heldClock.js';
import { createScriptedSend, type Script, type SentRequest } from '../fakes/scriptedSend.js';

export const never = new AbortController().signal;

export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';

export interface TargetUnderTest {
  readonly target: ZoomTarget;
  readonly clock: HeldClock;
  readonly records: readonly RequestRecord[];
  readonly unreadable: readonly string[];
}

/** A target with a fixed token over `send`, on a clock that stands still. */
export const makeTarget = (send: Send, options: Partial<ZoomTargetOptions> = {}): TargetUnderTest => {
  const clock = createHeldClock();
  const records: RequestRecord[] = [];
  const unreadable: string[] = [];
  const target = createTarget({
    scimEndpoint: 'https://api.zoom.example/scim2',
    oauthEndpoint: 'https://zoom.example/oauth',
    auth: { kind: 'bearer', token: 'fixed-token' },
    plan: 'business',
    share: 0.8,
    timeoutMs: 30_000,
    clock,
    random: () => 0.5,
    newId: () => 'request-1',
    send,
    observer: {
      request: (record) => records.push(record),
      unreadableRow: (fault) => unreadable.push(fault.message),
    },
    ...options,
  });
  return { target, clock, records, unreadable };
};

/** The same over scripted answers. */
export const makeScriptedTarget = (
  scripts: readonly Script[],
  options: Partial<ZoomTargetOptions> = {},
): TargetUnderTest & { readonly sent: readonly SentRequest[] } => {
  const { send, sent } = createScriptedSend(scripts);
  return { ...makeTarget(send, options), sent };
};

export const aUser = (more: object = {}) => ({
  schemas: [userUrn],
  id: 'u1',
  userName: 'jane@contoso.example',
  active: true,
  ...more,
});

export const aList = (rows: readonly unknown[], totalResults = rows.length) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults,
  startIndex: 1,
  itemsPerPage: rows.length,
  Resources: rows,
});
