import { type Answer, answerOfThrown, bodyText, type Served, type Trace, withTrace } from './answer.js';
import { answerBatch } from './batch.js';
import type { Call, Context, Incoming } from './context.js';
import { expireRecycleBin } from './directory/lifecycle.js';
import type { FaultHit } from './faults/book.js';
import { breakConnection, distort } from './faults/distortions.js';
import { refuseByFault, throttledAnswer } from './faults/refusals.js';
import { checkMethod, handlers, isViolation } from './handlers.js';
import { authorise } from './permissions.js';
import { parseQuery, type QueryOptions } from './query.js';
import { matchRoute, unknownRoute } from './routes.js';
import { type Charge, costOf } from './throttle.js';

const decodePath = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

const tokenIn = (query: QueryOptions): 'none' | 'skip' | 'delta' => {
  if (query.system.has('$skiptoken')) {
    return 'skip';
  }
  return query.system.has('$deltatoken') ? 'delta' : 'none';
};

/** Where the replica that serves a read stands. */
const drawReplica = ({ clock, random, settings }: Context): number => {
  const lagMs = random.chance(settings.lagProbability) ? random.next() * settings.lagMaxMs : 0;
  return clock.nowMs() - lagMs;
};

const throttleScope = 'Tenant_Application/ReadWrite/simulated-application/simulated-tenant';

const refuseByLimit = (context: Context, call: Call, seconds: number): Answer =>
  throttledAnswer(context, call, 'TooManyRequests', {
    'Retry-After': String(seconds),
    'x-ms-throttle-scope': throttleScope,
    'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
  });

const produce = (context: Context, call: Call, hits: readonly FaultHit[], charge: Charge): Answer => {
  const refused = refuseByFault(context, call, hits);
  if (refused !== null) {
    return refused;
  }
  try {
    const roles = context.bearer.authenticate(call.headers.get('Authorization'));
    if (charge.retryAfterSeconds !== null) {
      return refuseByLimit(context, call, charge.retryAfterSeconds);
    }
    const { name } = call.route;
    checkMethod(call.method, name);
    authorise(name, roles, context.settings);
    if (call.query.problem !== null) {
      throw call.query.problem;
    }
    const granted = { ...call, roles, hits, asOfMs: drawReplica(context) };
    return name === 'batch'
      ? answerBatch(context, granted, (inner) => serve(context, inner))
      : handlers[name](context, granted);
  } catch (error) {
    return answerOfThrown(error, context.settings, call.trace);
  }
};

const withCharge = (answer: Answer, cost: number, { usage }: Charge): Answer => ({
  ...answer,
  headers: {
    ...answer.headers,
    ...(cost > 0 ? { 'x-ms-resource-unit': String(cost) } : {}),
    ...(usage > 0.8 ? { 'x-ms-throttle-limit-percentage': Math.min(1.8, usage).toFixed(1) } : {}),
  },
});

/** Notes in `applied` what was applied. */
const watchHits = (hits: readonly FaultHit[], applied: string[]): readonly FaultHit[] =>
  hits.map(({ fault, apply }) => ({
    fault,
    apply: () => {
      applied.push(fault.kind);
      apply();
    },
  }));

const hasAnswer = (answer: Answer): boolean => answer.breakage === undefined || answer.breakage === 'resetMidBody';

/** Answers one request and journals it; a request that gets no answer is journaled with status 0. */
export const serve = (context: Context, incoming: Incoming): Served => {
  expireRecycleBin(context.store);
  const { method, path, inBatch, headers, rawQuery } = incoming;
  const trace: Trace = {
    requestId: context.random.guid(),
    clientRequestId: headers.get('client-request-id'),
    nowMs: context.clock.nowMs(),
  };
  const call: Call = {
    ...incoming,
    version: incoming.version ?? 'v1.0',
    query: parseQuery(rawQuery),
    route: incoming.version === null ? unknownRoute(`/${path}`) : matchRoute(decodePath(path)),
    trace,
  };
  const route = call.route.name;
  const applied: string[] = [];
  const target = { route, url: `${path}${rawQuery}`, token: tokenIn(call.query), inBatch: inBatch !== null };
  const hits = watchHits(context.faults.hitsOn(target), applied);
  const cost = costOf(route, call.query);
  const charge = context.bucket.charge(cost);
  const made = distort(context, call, hits, produce(context, call, hits, charge));
  const answer = withTrace(withCharge(breakConnection(call, hits, made), cost, charge), trace);
  const text = bodyText(answer);
  context.journal.add(
    {
      atMs: trace.nowMs,
      method,
      path,
      query: rawQuery,
      route,
      status: hasAnswer(answer) ? answer.status : 0,
      ru: cost,
      bytes: Buffer.byteLength(text),
      inBatch,
      faults: applied,
      requestId: trace.requestId,
    },
    isViolation(method, route),
  );
  return { ...answer, text };
};
