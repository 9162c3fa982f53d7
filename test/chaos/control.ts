import { z } from 'zod';
import type { Mutation } from '../../lib/sandbox/graph/directory/mutations.js';
import type { TenantTruth } from '../../lib/sandbox/oracle/readTenant.js';
import type { ZoomSeed } from '../../lib/sandbox/zoom/seedSchema.js';
import type { AccountState, ZoomState } from '../../lib/sandbox/zoom/state.js';
import { parseTruth } from './truth.js';

const journalEntry = z.object({
  sequence: z.number(),
  operation: z.string(),
  path: z.string(),
  body: z.unknown(),
  status: z.union([z.number(), z.literal('dropped'), z.null()]),
});
/** One request that Zoom was sent, as far as anybody looks here. */
export type ZoomRequest = z.infer<typeof journalEntry>;

const journalPage = z.object({ lastSequence: z.number(), entries: z.array(journalEntry) });
const journalCounts = z.object({ byOutcome: z.record(z.string(), z.number()) });
const account = z.custom<AccountState>(
  (value) => z.object({ id: z.string(), userName: z.string() }).safeParse(value).success,
);
const zoomState = z.object({
  accounts: z.array(account),
  foreign: z.array(z.string()),
  licences: z.object({ licensedUsed: z.number(), licensedSeats: z.number(), basicUsed: z.number() }),
});
const created = z.object({ results: z.array(z.unknown()) });

/** What the simulators know and take besides the service's own requests: their control surfaces. */
export interface Control {
  changeDirectory(mutations: readonly Mutation[]): Promise<void>;
  readTenant(): Promise<TenantTruth>;
  seedZoom(seed: ZoomSeed): Promise<void>;
  readZoom(): Promise<ZoomState>;
  /** Writes to users that Zoom carried out or refused, save those that the rate limit turned away. */
  countWrites(): Promise<number>;
  readJournal(): Promise<readonly ZoomRequest[]>;
}

const writes = new Set(['users.create', 'users.put', 'users.patch', 'users.delete']);
const journalPageSize = 5_000;
const everybody = 1_000_000;

const isWriteOutcome = (outcome: string): boolean => {
  const [operation = '', status = ''] = outcome.split(' ');
  return writes.has(operation) && status !== '429' && status !== 'dropped';
};

/** As `countWrites` counts them. */
export const isWrite = ({ operation, status }: ZoomRequest): boolean => isWriteOutcome(`${operation} ${status}`);

const request = async (url: string, body?: unknown): Promise<Response> => {
  const response = await fetch(url, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response;
};

export const createControl = (graphUrl: string, zoomUrl: string): Control => ({
  changeDirectory: async (mutations) => {
    const { results } = created.parse(await (await request(`${graphUrl}/_sim/dir`, mutations)).json());
    if (results.length !== mutations.length) throw new Error('The directory took only some of the changes.');
  },
  readTenant: async () => parseTruth(await (await request(`${graphUrl}/_sim/state`)).text()),
  seedZoom: async (seed) => {
    await request(`${zoomUrl}/__sim/seed`, seed);
  },
  readZoom: async () => {
    const state = zoomState.parse(await (await request(`${zoomUrl}/__sim/state?count=${everybody}`)).json());
    return {
      accounts: new Map(state.accounts.map((one) => [one.id, one])),
      groups: new Map(),
      foreign: state.foreign,
      pending: state.accounts.filter(({ status }) => status === 'pending').map(({ userName }) => userName),
      licences: state.licences,
    };
  },
  countWrites: async () => {
    const { byOutcome } = journalCounts.parse(await (await request(`${zoomUrl}/__sim/journal?summary=1`)).json());
    return Object.entries(byOutcome)
      .filter(([outcome]) => isWriteOutcome(outcome))
      .reduce((sum, [, count]) => sum + count, 0);
  },
  readJournal: async () => {
    const requests: ZoomRequest[] = [];
    for (;;) {
      const since = requests.at(-1)?.sequence ?? 0;
      const url = `${zoomUrl}/__sim/journal?since=${since}&limit=${journalPageSize}`;
      const { entries } = journalPage.parse(await (await request(url)).json());
      if (entries.length === 0) return requests;
      requests.push(...entries);
    }
  },
});
