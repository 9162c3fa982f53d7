import { z } from 'zod';
import { faultSchema } from './faults.js';
import { eraseAccount } from './findTarget.js';
import { eraseGroup } from './groupOperations.js';
import { acceptInvitation } from './invitation.js';
import { applySeed } from './seed.js';
import { seedSchema } from './seedSchema.js';
import type { Simulation } from './simulation.js';
import { describeAccount, describeGroup, describeLicences } from './state.js';
import { type Jsonable, replyEmpty, replyJson, type WireReply, type WireRequest } from './wire.js';

/** One fault stands for a list of one. */
const faultsBody = z.preprocess((body) => (Array.isArray(body) ? body : [body]), z.array(faultSchema));
const clockBody = z.strictObject({ advanceMs: z.int().min(0) });

const parseBody = <Shape>(schema: z.ZodType<Shape>, request: WireRequest): Shape =>
  schema.parse(JSON.parse(request.body));

const readNumber = (query: URLSearchParams, name: string, fallback: number): number => {
  const value = Number(query.get(name) ?? fallback);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name}: expected a whole number from 0 up.`);
  return value;
};

/** JSON, which cannot hold types of our own without an index signature. */
const toJson = (value: unknown): Jsonable => {
  const plain: Jsonable = JSON.parse(JSON.stringify(value));
  return plain;
};

const answerJournal = (sim: Simulation, { query }: WireRequest): WireReply => {
  const { journal } = sim;
  const summary = { mode: journal.mode, lastSequence: journal.lastSequence, ...journal.counts() };
  if (query.get('summary') === '1') return replyJson(200, toJson(summary));
  const entries = journal.since(readNumber(query, 'since', 0)).slice(0, readNumber(query, 'limit', 1000));
  return replyJson(200, toJson({ ...summary, entries }));
};

/** ndjson holds every account, one a line; else a page of them beside what is small. */
const answerState = (sim: Simulation, { query }: WireRequest): WireReply => {
  const accounts = [...sim.accounts.all()];
  if (query.get('format') === 'ndjson') {
    const body = accounts.map((account) => `${JSON.stringify(describeAccount(account))}\n`).join('');
    return { status: 200, headers: { 'Content-Type': 'application/x-ndjson' }, body };
  }
  const startIndex = Math.max(1, readNumber(query, 'startIndex', 1));
  const page = accounts.slice(startIndex - 1, startIndex - 1 + readNumber(query, 'count', 1000));
  const next = startIndex + page.length;
  return replyJson(
    200,
    toJson({
      nowMs: sim.clock.nowMs(),
      totalAccounts: accounts.length,
      startIndex,
      next: next <= accounts.length ? next : null,
      accounts: page.map(describeAccount),
      groups: [...sim.groups.all()].map(describeGroup),
      foreign: [...sim.foreignMails],
      licences: describeLicences(sim),
      settings: sim.settings,
    }),
  );
};

const addFaults = (sim: Simulation, request: WireRequest): WireReply =>
  replyJson(200, { ids: parseBody(faultsBody, request).map((fault) => sim.faults.add(fault)) });

const advanceClock = (sim: Simulation, request: WireRequest): WireReply => {
  sim.clock.advance(parseBody(clockBody, request).advanceMs);
  return replyJson(200, { nowMs: sim.clock.nowMs() });
};

const removeAccount = (sim: Simulation, id: string): WireReply => {
  const account = sim.accounts.get(id);
  if (account === undefined) return replyJson(404, { message: `There is no user ${id}.` });
  eraseAccount(sim, account);
  return replyEmpty(204);
};

const removeGroup = (sim: Simulation, id: string): WireReply => {
  const group = sim.groups.get(id);
  if (group === undefined) return replyJson(404, { message: `There is no group ${id}.` });
  eraseGroup(sim, group);
  return replyEmpty(204);
};

const then204 = (act: () => void): WireReply => {
  act();
  return replyEmpty(204);
};

const findAnswer = (
  sim: Simulation,
  reset: () => void,
  request: WireRequest,
  segments: readonly string[],
): WireReply => {
  const [, id = ''] = segments;
  switch (
    [request.method, segments[0], ...segments.slice(1).map((_, at) => (at === 0 ? '*' : segments[2]))].join(' ')
  ) {
    case 'POST reset':
      return then204(reset);
    case 'POST seed':
      return replyJson(200, toJson(applySeed(sim, parseBody(seedSchema, request))));
    case 'POST faults':
      return addFaults(sim, request);
    case 'GET faults':
      return replyJson(200, toJson({ faults: sim.faults.list() }));
    case 'DELETE faults':
      return then204(() => sim.faults.clear());
    case 'POST clock':
      return advanceClock(sim, request);
    case 'GET journal':
      return answerJournal(sim, request);
    case 'DELETE journal':
      return then204(() => sim.journal.clear());
    case 'GET state':
      return answerState(sim, request);
    case 'POST users * accept':
      return then204(() => acceptInvitation(sim, id));
    case 'DELETE users *':
      return removeAccount(sim, id);
    case 'DELETE groups *':
      return removeGroup(sim, id);
    default:
      return replyJson(404, { message: `There is no ${request.method} ${request.path} on the control surface.` });
  }
};

/** The control surface under `/__sim/`; what it cannot read answers 400 with the reason. */
export const answerControl = (
  sim: Simulation,
  reset: () => void,
  request: WireRequest,
  segments: readonly string[],
): WireReply => {
  try {
    return findAnswer(sim, reset, request, segments);
  } catch (error) {
    return replyJson(400, { message: error instanceof z.ZodError ? z.prettifyError(error) : String(error) });
  }
};
