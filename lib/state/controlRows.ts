import { z } from 'zod';
import type { CycleRequest, JobRow, Mark } from '../engine/control.js';
import type { ControlRows } from '../engine/state.js';
import { jsonColumn, type RowPlace, readJsonOf } from './columns.js';
import { decodeKey } from './keys.js';
import { parseLease } from './lease.js';
import { jobRows } from './names.js';
import * as shapes from './shapes.js';
import type { Columns, StoredEntity, Table } from './tables.js';

/** Every control row is one JSON value. */
export const valueColumns = (value: unknown): Columns => jsonColumn('value', value);

const placeOf = (table: string, entity: StoredEntity): RowPlace => ({
  table,
  rowKey: entity.rowKey,
  columns: entity.columns,
});

export const parseJob = (table: string, entity: StoredEntity): JobRow =>
  readJsonOf(placeOf(table, entity), 'value', shapes.jobRow);

/** An answered request stays as a row without one, since a transaction can replace under a version but not delete. */
export const answeredColumns: Columns = { answered: 'true' };

/** Null where the request has been answered. */
export const parseRequest = (table: string, entity: StoredEntity): CycleRequest | null =>
  entity.columns.answered === undefined ? readJsonOf(placeOf(table, entity), 'value', shapes.cycleRequest) : null;

const parseRows = (table: string, entities: readonly StoredEntity[]): ControlRows => {
  const byKey = new Map(entities.map((entity) => [entity.rowKey, entity]));
  const read = <Value>(rowKey: string, parse: (entity: StoredEntity) => Value): Value | null => {
    const entity = byKey.get(rowKey);
    return entity === undefined ? null : parse(entity);
  };
  const value =
    <Value>(shape: z.ZodType<Value>) =>
    (entity: StoredEntity): Value =>
      readJsonOf(placeOf(table, entity), 'value', shape);
  const under = (prefix: string) => entities.filter((entity) => entity.rowKey.startsWith(prefix));
  return {
    job: read(jobRows.job, (entity) => parseJob(table, entity)),
    lease: read(jobRows.lease, (entity) => parseLease(table, entity)),
    cycle: read(jobRows.cycle, value(shapes.cycleState)),
    request: read(jobRows.request, (entity) => parseRequest(table, entity)),
    marks: under(jobRows.markPrefix).map(value<Mark>(shapes.mark)),
    counters: read(jobRows.counters, value(shapes.counters)) ?? { linkedActive: 0, linkedDisabled: 0 },
    removals: Object.fromEntries(
      under(jobRows.removalsPrefix).map((entity) => [
        decodeKey(entity.rowKey.slice(jobRows.removalsPrefix.length)),
        value(z.number())(entity),
      ]),
    ),
    demands: under(jobRows.demandPrefix).map(value(shapes.demandCounts)),
  };
};

/** Reads the job's partition, one query for each thousand rows. */
export const readControlRows = async (table: Table, partitionKey: string): Promise<ControlRows> => {
  const entities: StoredEntity[] = [];
  let after: string | null = null;
  do {
    const page = await table.query({ partitionKey, after }, 1_000);
    entities.push(...page.rows);
    after = page.after;
  } while (after !== null);
  return parseRows(table.name, entities);
};
