import { z } from 'zod';
import { DirectoryError } from '../directory/errors.js';
import { applyMutation, mutationSchema } from '../directory/mutations.js';
import { plannedFaultSchema } from '../faults/model.js';
import { type GraphSimulator, resetParts } from '../model.js';
import { createSettings } from '../settings.js';
import { stateKinds, stateKindsSchema, stateStream } from './state.js';

/** One request to the control surface. */
export interface ControlRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
}

/** What a control resource does; throws a ZodError or a RangeError for a bad request. */
type Control = (simulator: GraphSimulator, request: ControlRequest) => Response;

const done = (): Response => new Response(null, { status: 204 });

const refuse = (status: number, code: string, message: string, more: object = {}): Response =>
  Response.json({ error: { code, message, ...more } }, { status });

const readJson = <Schema extends z.ZodType>(schema: Schema, body: string): z.output<Schema> => {
  try {
    return schema.parse(JSON.parse(body));
  } catch (error) {
    throw error instanceof SyntaxError ? new RangeError('The body is no JSON.') : error;
  }
};

const showState: Control = ({ dir }, { url }) => {
  const kinds = url.searchParams.get('kinds')?.split(',') ?? stateKinds;
  return new Response(stateStream(dir, stateKindsSchema.parse(kinds)), {
    headers: { 'Content-Type': 'application/x-ndjson' },
  });
};

/** Mutations are carried out in order up to the first that the directory refuses; those before it stay. */
const changeDirectory: Control = ({ dir }, { body }) => {
  const mutations = readJson(z.array(mutationSchema), body);
  const results: { id: string | null }[] = [];
  for (const mutation of mutations) {
    try {
      results.push({ id: applyMutation(dir, mutation) });
    } catch (error) {
      if (!(error instanceof DirectoryError)) {
        throw error;
      }
      return refuse(409, error.code, error.message, { index: results.length, results });
    }
  }
  return Response.json({ results });
};

const listFaults: Control = ({ faults }) =>
  Response.json({ faults: faults.map(({ id, fault, selector, hits }) => ({ id, fault, selector, hits })) });

const planFaults: Control = (simulator, { body }) => {
  const planned = readJson(z.array(plannedFaultSchema), body);
  return Response.json({ ids: planned.map(({ fault, selector }) => simulator.addFault(fault, selector).id) });
};

const dropFaults: Control = (simulator, { url }) => {
  const id = url.searchParams.get('id');
  if (id === null) {
    simulator.clearFaults();
  } else {
    simulator.faults.find((planned) => planned.id === Number(id))?.remove();
  }
  return done();
};

const showClock: Control = ({ clock }) =>
  Response.json({ nowMs: clock.nowMs(), now: new Date(clock.nowMs()).toISOString() });

const clockSchema = z.union([z.strictObject({ advanceMs: z.number() }), z.strictObject({ moveToMs: z.number() })]);

const moveClock: Control = (simulator, request) => {
  const step = readJson(clockSchema, request.body);
  if ('advanceMs' in step) {
    simulator.clock.advance(step.advanceMs);
  } else {
    simulator.clock.moveTo(step.moveToMs);
  }
  return showClock(simulator, request);
};

const journalQuery = z.object({
  since: z.coerce.number().int().min(0).optional(),
  summary: z.enum(['0', '1']).optional(),
});

const showJournal: Control = ({ journal }, { url }) => {
  const { since, summary } = journalQuery.parse(Object.fromEntries(url.searchParams));
  return summary === '1'
    ? Response.json(journal.summary(since))
    : Response.json({ entries: journal.since(since ?? 0), violations: journal.violations });
};

const clearJournal: Control = ({ journal }) => {
  journal.clear();
  return done();
};

const resetSchema = z.strictObject({ parts: z.array(z.enum(resetParts)).exactOptional() });

const reset: Control = (simulator, { body }) => {
  simulator.reset(body === '' ? undefined : readJson(resetSchema, body).parts);
  return done();
};

const showSettings: Control = ({ settings }) => Response.json(settings);

const changeSettings: Control = (simulator, request) => {
  const changes = readJson(z.record(z.string(), z.unknown()), request.body);
  Object.assign(simulator.settings, createSettings({ ...simulator.settings, ...changes }));
  return showSettings(simulator, request);
};

const showOutbox: Control = ({ outbox }) => Response.json({ mails: outbox.mails });

const clearOutbox: Control = ({ outbox }) => {
  outbox.clear();
  return done();
};

const tokenSchema = z.strictObject({ roles: z.array(z.string()), lifetimeMs: z.number().min(0).exactOptional() });

const issueToken: Control = (simulator, { body }) => {
  const { roles, lifetimeMs } = readJson(tokenSchema, body);
  return Response.json({ token: simulator.issueToken(roles, lifetimeMs) });
};

const startGeneration: Control = (simulator) => {
  simulator.startTokenGeneration();
  return done();
};

const controls: Readonly<Record<string, Control>> = {
  'GET state': showState,
  'POST dir': changeDirectory,
  'GET faults': listFaults,
  'POST faults': planFaults,
  'DELETE faults': dropFaults,
  'GET clock': showClock,
  'POST clock': moveClock,
  'GET journal': showJournal,
  'DELETE journal': clearJournal,
  'POST reset': reset,
  'GET settings': showSettings,
  'PATCH settings': changeSettings,
  'GET outbox': showOutbox,
  'DELETE outbox': clearOutbox,
  'POST tokens': issueToken,
  'POST generation': startGeneration,
};

/**
 * Answers `/_sim/…`, which moves the simulator from other processes; it asks for no token, since it is on loopback
 * only. 400 names what a body has wrong, 404 lists what there is.
 */
export const answerControl = (simulator: GraphSimulator, request: ControlRequest): Response => {
  const control = controls[`${request.method} ${request.url.pathname.replace(/^\/_sim\/?/, '')}`];
  if (control === undefined) {
    return refuse(404, 'NotFound', 'There is no such control.', { controls: Object.keys(controls) });
  }
  try {
    return control(simulator, request);
  } catch (error) {
    if (error instanceof z.ZodError) {
      return refuse(400, 'BadRequest', z.prettifyError(error));
    }
    if (error instanceof RangeError) {
      return refuse(400, 'BadRequest', error.message);
    }
    throw error;
  }
};
