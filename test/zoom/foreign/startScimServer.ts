import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { systemClock } from '../../../lib/clock.js';
import type { RequestRecord } from '../../../lib/http/trace.js';
import type { ZoomTargetOptions } from '../../../lib/zoom/options.js';
import { createTarget, type ZoomTarget } from '../../../lib/zoom/target.js';

const token = 'token-of-the-test';
const greeting = z.object({ endpoint: z.string() });

/** A SCIM server that this project did not write, in a process of its own, and the target that speaks to it. */
export interface ForeignServer {
  readonly target: ZoomTarget;
  /** Another target that speaks to it, with a clock or a way to send of its own. */
  connect(options: Partial<ZoomTargetOptions>): ZoomTarget;
  /** Requests since the last call, as `PATCH 200`. */
  takeCalls(): readonly string[];
  /** A request as it stands, for what the target has no method for. */
  ask(method: string, path: string, body?: object): Promise<{ readonly status: number; readonly body: unknown }>;
  close(): Promise<void>;
}

export const startScimServer = async (): Promise<ForeignServer> => {
  const child = spawn(process.execPath, [join(__dirname, 'scimServer.js'), token], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { endpoint } = greeting.parse(JSON.parse(String(line)));
  const records: RequestRecord[] = [];
  const connect = (options: Partial<ZoomTargetOptions>): ZoomTarget =>
    createTarget({
      scimEndpoint: endpoint,
      oauthEndpoint: endpoint,
      auth: { kind: 'bearer', token },
      dialect: 'rfc7644',
      plan: 'business',
      requestsPerSecond: 100_000,
      share: 1,
      timeoutMs: 10_000,
      clock: systemClock,
      random: () => 0.5,
      newId: () => 'request-1',
      observer: { request: (record) => void records.push(record) },
      ...options,
    });
  return {
    target: connect({}),
    connect,
    takeCalls: () => records.splice(0).map(({ method, status }) => `${method} ${status}`),
    ask: async (method, path, body) => {
      const response = await fetch(`${endpoint}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : JSON.parse(text) };
    },
    close: async () => {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
};
