import { z } from 'zod';
import type {
  Delivery,
  Incident,
  IncidentStore,
  LicenceCounts,
  LicenceStore,
  StoredIncident,
} from '../engine/incidents.js';
import type { Notice } from '../engine/ports.js';
import { jsonColumn, readJsonOf } from './columns.js';
import { jobRows, type Partitions, tableNames } from './names.js';
import { fault } from './shapes.js';
import { endOfPrefix, type StoredEntity, type Table, type Tables } from './tables.js';

const notice: z.ZodType<Notice> = z.object({
  incident: z.string(),
  jobId: z.string(),
  subject: z.string(),
  text: z.string(),
  fault: fault.nullable(),
  since: z.string().exactOptional(),
  people: z.number().exactOptional(),
  action: z.string().exactOptional(),
  place: z.enum(['stagedRemovals', 'escrows']).exactOptional(),
  level: z.enum(['error', 'warning', 'info']).exactOptional(),
});

const delivery: z.ZodType<Delivery> = z.object({
  state: z.enum(['due', 'sent', 'givenUp']),
  attempts: z.int(),
  nextAttemptAt: z.string(),
  failure: z.string().nullable(),
});

const shape: z.ZodType<Incident> = z.object({
  notice,
  toldAt: z.string(),
  isStanding: z.boolean(),
  endedAt: z.string().nullable(),
  claimedUntil: z.string().nullable(),
  deliveries: z.record(z.string(), delivery),
});

/** Of an incident one at a time is sent; settled ones are removed, so that there are never many. */
const rowsAPage = 1_000;

/** Rows `incident:{id}` in the job's partition. */
export const createIncidentStore = (tables: Tables, { job: partitionKey }: Partitions): IncidentStore => {
  const table = tables.table(tableNames.jobs);
  const rowOf = (incident: Incident): string => jobRows.incident(incident.notice.incident);
  const parse = ({ rowKey, columns, etag }: StoredEntity): StoredIncident => ({
    incident: readJsonOf({ table: table.name, rowKey, columns }, 'value', shape),
    etag,
  });
  const write = async (
    write: { readonly kind: 'create' } | { readonly kind: 'replace'; readonly etag: string },
    incident: Incident,
  ): Promise<StoredIncident | null> => {
    const row = { rowKey: rowOf(incident), columns: jsonColumn('value', incident) };
    const result = await table.transact(partitionKey, [{ ...write, ...row }]);
    const etag = result.kind === 'done' ? result.etags[0] : null;
    return typeof etag === 'string' ? { incident, etag } : null;
  };
  return {
    create: (incident) => write({ kind: 'create' }, incident),
    replace: ({ etag }, after) => write({ kind: 'replace', etag }, after),
    read: async (id) => {
      const entity = await table.get(partitionKey, jobRows.incident(id));
      return entity === null ? null : parse(entity);
    },
    list: () => listAll(table, partitionKey, parse),
    remove: async ({ incident, etag }) => {
      await table.remove(partitionKey, rowOf(incident), etag);
    },
  };
};

const listAll = async (
  table: Table,
  partitionKey: string,
  parse: (entity: StoredEntity) => StoredIncident,
): Promise<readonly StoredIncident[]> => {
  const prefix = jobRows.incidentPrefix;
  const found: StoredIncident[] = [];
  let after: string | null = null;
  do {
    const range = { partitionKey, from: prefix, before: endOfPrefix(prefix), after };
    const page = await table.query(range, rowsAPage);
    found.push(...page.rows.map(parse));
    after = page.after;
  } while (after !== null);
  return found;
};

const licences: z.ZodType<LicenceCounts> = z.object({
  countedAt: z.string(),
  licensed: z.int(),
  basic: z.int(),
  short: z.int(),
});

/** The row `licences` in the job's partition; whoever counts last is right. */
export const createLicenceStore = (tables: Tables, { job: partitionKey }: Partitions): LicenceStore => {
  const table = tables.table(tableNames.jobs);
  const rowKey = jobRows.licences;
  return {
    read: async () => {
      const entity = await table.get(partitionKey, rowKey);
      return entity && readJsonOf({ table: table.name, rowKey, columns: entity.columns }, 'value', licences);
    },
    write: async (counts) => {
      await table.transact(partitionKey, [{ kind: 'upsert', rowKey, columns: jsonColumn('value', counts) }]);
    },
  };
};
