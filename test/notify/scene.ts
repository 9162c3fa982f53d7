import { createJobNotifications, type JobNotifications } from '../../lib/compose/notify.js';
import type { EventKeys, Notice, Telemetry } from '../../lib/engine/ports.js';
import type { Send } from '../../lib/http/send.js';
import { createMemoryTables } from '../../lib/state/memoryTables.js';
import type { Tables } from '../../lib/state/tables.js';
import { jobId } from '../fakes/surroundings.js';
import { createTenant, servicePrincipalId, type Tenant, type TenantOptions } from '../fakes/tenant.js';

export const webhookSecret = 'a-secret-that-nobody-may-see';
export const graphToken = 'token-that-nobody-may-see';
export const publicUrl = 'https://app.example';
export const jobUrl = `${publicUrl}/api/servicePrincipals/${servicePrincipalId}/synchronization/jobs/${jobId}`;

/** What left over the wire, and what was logged. */
export interface Sent {
  readonly requests: { readonly url: string; readonly body: string; readonly headers: Headers }[];
  readonly events: { readonly level: string; readonly name: string; readonly keys: EventKeys }[];
}

/** Answers every request with this status until it is changed. */
export interface Wire {
  status: number;
}

export interface NotifyScene extends Sent {
  readonly tenant: Tenant;
  readonly wire: Wire;
  readonly notify: JobNotifications;
  /** A second worker over the same storage. */
  readonly createOther: () => JobNotifications;
  /** Takes the look that a tick takes. */
  look(of?: JobNotifications): Promise<void>;
  /** Tells what the engine told since the last call, as its notifier would. */
  pass(): Promise<void>;
  tell(notice: Notice, by?: JobNotifications): Promise<void>;
  /** Subjects of the mails that were taken, oldest first. */
  subjects(): readonly string[];
  /** Bodies of the mails that were taken. */
  mails(): readonly string[];
}

/** A tenant with its engine, and the notifications beside it, on one clock and one storage. */
export const createNotifyScene = async (
  options: TenantOptions & { readonly licensedSeats?: number } = {},
): Promise<NotifyScene> => {
  const tables: Tables = createMemoryTables();
  const tenant = await createTenant({ ...options, tables });
  const wire: Wire = { status: 202 };
  const requests: { url: string; body: string; headers: Headers; status: number }[] = [];
  const events: Sent['events'] = [];
  const telemetry: Telemetry = {
    event: (level, name, keys) => void events.push({ level, name, keys }),
    count: () => undefined,
  };
  const send: Send = async (input, init) => {
    const request = new Request(input, init);
    const { status } = wire;
    requests.push({ url: request.url, body: await request.text(), headers: request.headers, status });
    return new Response(null, { status });
  };
  const create = () =>
    createJobNotifications({
      settings: {
        jobId,
        servicePrincipalId,
        licensedSeats: options.licensedSeats ?? null,
        graph: { endpoint: 'https://graph.example', fixedToken: null },
        notification: {
          mail: { sender: 'noreply@contoso.example', recipients: ['ops@contoso.example', 'boss@contoso.example'] },
          webhook: { url: 'https://hooks.example/in?key=hidden', secret: webhookSecret },
          publicUrl,
        },
      },
      tables,
      telemetry,
      clock: tenant.clock,
      getGraphToken: async () => graphToken,
      random: () => 0.5,
      send,
    });
  const notify = create();
  const taken = () => requests.filter(({ url, status }) => url.startsWith('https://graph.') && status === 202);
  let passed = 0;
  const tell = async (notice: Notice, by = notify) =>
    tenant.clock.settle(by.notifications.notify(notice, new AbortController().signal));
  return {
    tenant,
    wire,
    notify,
    requests,
    events,
    createOther: create,
    look: (of = notify) => tenant.clock.settle(of.watch(tenant.world)),
    tell,
    pass: async () => {
      for (const notice of tenant.notices.slice(passed)) await tell(notice);
      passed = tenant.notices.length;
    },
    subjects: () => taken().map(({ body }) => JSON.parse(body).message.subject),
    mails: () => taken().map(({ body }) => JSON.parse(body).message.body.content),
  };
};
