import type { JsonObject } from '../../mapping/json.js';
import { invalidField } from './refusal.js';
import type { Call, Simulation } from './simulation.js';
import { urns } from './urns.js';
import { replyJson, type WireReply } from './wire.js';

/** Where a page begins (1-based) and how many rows it may have. */
export interface Page {
  readonly startIndex: number;
  readonly count: number;
}

const readInteger = (text: string | null, field: string): number | null => {
  if (text === null) return null;
  if (!/^-?\d{1,9}$/.test(text)) throw invalidField(field);
  return Number(text);
};

/** The page that is asked for, within Zoom's cap, after the faults that shift it. */
export const readPage = (sim: Simulation, call: Call): Page => {
  const { query } = call.request;
  const startIndex = readInteger(query.get('startIndex'), 'startIndex');
  const count = readInteger(query.get('count'), 'count') ?? sim.settings.defaultCount;
  if (startIndex === null && sim.settings.startIndexRequired) throw invalidField('startIndex');
  return {
    startIndex: call.strikes.has('list.sameRows') ? 1 : Math.max(1, startIndex ?? 1),
    count: Math.min(Math.max(0, count), sim.settings.maxCount),
  };
};

/** The rows of `page`; `slice` takes a 0-based offset and a number of rows. */
export const takePage = <Row>(call: Call, page: Page, slice: (offset: number, count: number) => readonly Row[]) => {
  const shift = page.startIndex === 1 ? 0 : (call.strikes.find('list.shiftingPages')?.by ?? 0);
  const count = Math.min(page.count, call.strikes.find('list.shortPage')?.rows ?? page.count);
  return slice(Math.max(0, page.startIndex - 1 + shift), count);
};

export const replyList = (call: Call, page: Page, rows: readonly JsonObject[], total: number): WireReply =>
  replyJson(200, {
    schemas: [urns.list],
    totalResults: call.strikes.find('list.wrongTotal')?.total ?? total,
    startIndex: page.startIndex,
    itemsPerPage: rows.length,
    Resources: rows,
  });
