import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { listProvisioningLogs } from '../../lib/api/logs/provisioningLogs.js';
import { systemClock } from '../../lib/clock.js';
import { jobIdOf } from '../../lib/config/settings.js';
import { startAzurite } from '../../lib/sandbox/azurite/azurite.js';
import { createAzureTables } from '../../lib/state/azureTables.js';
import { createState, type JobState } from '../../lib/state/createState.js';
import type { Table, Tables } from '../../lib/state/tables.js';
import { getRequest } from '../api/getRequest.js';
import { benchServicePrincipalId, benchTenantId } from './constants.js';
import { makeLogRecord, personId, personName, recordsPerBlock, recordsPerPerson } from './logRecords.js';
import { percentile } from './percentiles.js';

const askedPerKind = 20;
const jobId = jobIdOf(benchTenantId, benchServicePrincipalId);
const page = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() });

type Print = (text: string) => void;

interface Reads {
  pages: number;
  rows: number;
}

/** Counts pages of queries and reads of single rows. */
const countReads = (tables: Tables): { readonly tables: Tables; readonly reads: Reads } => {
  const reads: Reads = { pages: 0, rows: 0 };
  const wrap = (table: Table): Table => ({
    ...table,
    get: (...given) => {
      reads.rows += 1;
      return table.get(...given);
    },
    query: (...given) => {
      reads.pages += 1;
      return table.query(...given);
    },
  });
  const list = (prefix: string): Promise<readonly string[]> => {
    reads.pages += 1;
    return tables.list(prefix);
  };
  return { tables: { ...tables, list, table: (name) => wrap(tables.table(name)) }, reads };
};

const fill = async (state: JobState, size: number): Promise<number> => {
  const startedMs = performance.now();
  const endMs = Date.now();
  for (let from = 0; from < size; from += recordsPerBlock) {
    const length = Math.min(recordsPerBlock, size - from);
    const records = Array.from({ length }, (_none, index) => makeLogRecord(from + index, size, jobId, endMs));
    await state.records.append(records);
    if (process.stderr.isTTY) process.stderr.write(`\r${from + length} of ${size} records   `);
  }
  if (process.stderr.isTTY) process.stderr.write('\r');
  return (performance.now() - startedMs) / 1_000;
};

/** Who is asked for: people spread over all, those who are there yet or those who are gone. */
const askedPeople = (size: number, areGone: boolean): readonly number[] => {
  const people = size / recordsPerPerson;
  const step = Math.floor(people / askedPerKind / 2) * 2;
  return Array.from({ length: askedPerKind }, (_none, index) => index * step + (areGone ? 0 : 1));
};

const ask = async (name: string, filters: readonly string[], state: JobState, reads: Reads): Promise<string> => {
  const latenciesMs: number[] = [];
  const before = { ...reads };
  for (const $filter of filters) {
    const startedMs = performance.now();
    const world = { jobId, tenantId: benchTenantId, state };
    const { body } = await listProvisioningLogs(world, getRequest('auditLogs/provisioning', { $filter }));
    latenciesMs.push(performance.now() - startedMs);
    const answer = page.parse(body);
    if (answer.value.length !== recordsPerPerson || answer['@odata.nextLink'] !== undefined) {
      throw new Error(`${$filter} found ${answer.value.length} records, not all ${recordsPerPerson}.`);
    }
  }
  const sorted = latenciesMs.toSorted((one, other) => one - other);
  const each = (count: number): string => (count / filters.length).toFixed(1);
  return `  ${name}: ${each(reads.pages - before.pages)} pages, ${each(reads.rows - before.rows)} single rows; p50 ${percentile(sorted, 0.5).toFixed(0)} ms, p95 ${percentile(sorted, 0.95).toFixed(0)} ms`;
};

/** What a question about one person reads among so many records, and how long it takes on Azurite. */
export const benchLogs = async (sizes: readonly number[], print: Print): Promise<void> => {
  const azurite = await startAzurite({ inMemory: true, oldSpaceMb: 8192 });
  try {
    for (const size of sizes) {
      const connection = { kind: 'connectionString', connectionString: azurite.connectionString } as const;
      const { tables, reads } = countReads(createAzureTables({ connection, namePrefix: `n${size}` }));
      const state = createState({ tables, jobId, clock: systemClock, newId: randomUUID });
      const seconds = await fill(state, size);
      print(`logs, ${size} records, ${recordsPerPerson} of each person (filled in ${seconds.toFixed(0)} s)`);
      const here = askedPeople(size, false);
      const gone = askedPeople(size, true);
      const byId = (people: readonly number[]) => people.map((person) => `sourceIdentity/id eq '${personId(person)}'`);
      const byName = (people: readonly number[]) =>
        people.map((person) => `sourceIdentity/details/userPrincipalName eq '${personName(person)}'`);
      print(await ask('by id', byId(here), state, reads));
      print(await ask('by userPrincipalName', byName(here), state, reads));
      print(await ask('purged, by id', byId(gone), state, reads));
      print(await ask('purged, by userPrincipalName', byName(gone), state, reads));
    }
  } finally {
    await azurite.stop();
  }
};
