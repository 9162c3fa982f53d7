import type { Dependencies, Sighting } from '../api/health.js';
import type { Clock } from '../clock.js';
import type { Settings } from '../config/settings.js';
import type { RequestObserver } from '../http/trace.js';

export interface WatchedDependencies extends Dependencies {
  /** Told of every request that this process sends. */
  readonly observe: RequestObserver;
}

/** A service that nobody has used for so long is asked. */
const askAfterMs = 60_000;
const askTimeoutMs = 5_000;

const unseen: Sighting = { state: 'unknown', observedAtMs: null };

/** Any answer but a failure of the service itself says that it is there: none is asked with a token. */
const stateOf = (status: number | null): Sighting['state'] =>
  status !== null && status < 500 ? 'reachable' : 'unreachable';

/** Where Graph and Zoom were seen last, by use or by a question without a token, one a minute at most. */
export const createDependencies = (
  settings: Pick<Settings, 'graph' | 'zoom'>,
  clock: Clock,
  send: typeof fetch = fetch,
): WatchedDependencies => {
  const addresses = { graph: `${settings.graph.endpoint}/v1.0/`, zoom: `${settings.zoom.scimEndpoint}/Users` };
  const seen = { graph: unseen, zoom: unseen };
  const asking: Partial<Record<'graph' | 'zoom', Promise<void>>> = {};

  const ask = async (service: 'graph' | 'zoom'): Promise<void> => {
    const status = await send(addresses[service], {
      redirect: 'manual',
      signal: AbortSignal.timeout(askTimeoutMs),
    }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => null, // no answer is what was to be found out
    );
    seen[service] = { state: stateOf(status), observedAtMs: clock.nowMs() };
  };

  return {
    observe: ({ service, status }) => {
      seen[service] = { state: stateOf(status), observedAtMs: clock.nowMs() };
    },
    sight: async (service) => {
      const { observedAtMs } = seen[service];
      if (observedAtMs === null || clock.nowMs() - observedAtMs >= askAfterMs) {
        asking[service] ??= ask(service).finally(() => {
          delete asking[service];
        });
        await asking[service];
      }
      return seen[service];
    },
  };
};
