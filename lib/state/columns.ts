import type { ZodType } from 'zod';
import { rowUnreadable } from './faults.js';
import type { Columns } from './tables.js';

/** Below the limit of 32,768 characters a value. */
const partChars = 30_000;

/** A long text over several columns: `name`, `name_1`, `name_2` … */
export const splitText = (name: string, text: string): Columns => {
  if (text.length <= partChars) return { [name]: text };
  const columns: Record<string, string> = {};
  for (let part = 0; part * partChars < text.length; part += 1) {
    columns[part === 0 ? name : `${name}_${part}`] = text.slice(part * partChars, (part + 1) * partChars);
  }
  return columns;
};

/** What `splitText` made; undefined where the column is not there. */
export const joinText = (name: string, columns: Columns): string | undefined => {
  const first = columns[name];
  if (first === undefined || first.length < partChars) return first;
  let text = first;
  for (let part = 1; ; part += 1) {
    const next = columns[`${name}_${part}`];
    if (next === undefined) return text;
    text += next;
  }
};

export const jsonColumn = (name: string, value: unknown): Columns => splitText(name, JSON.stringify(value));

/** Where a row stands, for the error that says it cannot be read. */
export interface RowPlace {
  readonly table: string;
  readonly rowKey: string;
  readonly columns: Columns;
}

/** Reads a JSON column; undefined where it is absent. Throws `StateRowUnreadable` for what `shape` does not take. */
export const readJson = <Value>(place: RowPlace, column: string, shape: ZodType<Value>): Value | undefined => {
  const text = joinText(column, place.columns);
  if (text === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw rowUnreadable(place.table, place.rowKey, column, 'no JSON.');
  }
  const parsed = shape.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = (issue?.path ?? []).map(String).join('.');
  throw rowUnreadable(place.table, place.rowKey, column, `member '${path}' has an unexpected value.`);
};

/** As `readJson`, for a column that every such row has. */
export const readJsonOf = <Value>(place: RowPlace, column: string, shape: ZodType<Value>): Value => {
  const value = readJson(place, column, shape);
  if (value === undefined) throw rowUnreadable(place.table, place.rowKey, column, 'the column is missing.');
  return value;
};

/** A plain text column that every such row has. */
export const readText = (place: RowPlace, column: string): string => {
  const text = place.columns[column];
  if (text === undefined) throw rowUnreadable(place.table, place.rowKey, column, 'the column is missing.');
  return text;
};
