import type { Tables } from '../../lib/state/tables.js';
import { createSurroundings, domain, type Surroundings, servicePrincipalId } from '../fakes/surroundings.js';
import { createWorker } from '../fakes/worker.js';
import { judgeCounters } from '../oracle/judgeCounters.js';
import { judgeDrift } from '../oracle/judgeDrift.js';
import { judgeEnd } from '../oracle/judgeEnd.js';
import { judgeGroups, judgeManagers } from '../oracle/judgeGroups.js';
import { createTenantMemory } from '../oracle/memory.js';
import { readPeople } from '../oracle/people.js';
import { watchMembers } from '../oracle/watchMembers.js';
import { watchWrites } from '../oracle/watchWrites.js';
import { createCompany } from './company.js';
import { type DrawnSchema, drawnSchemas } from './drawnSchemas.js';
import { holdTime } from './heldTables.js';
import { createOperator } from './operator.js';
import type { Plot, Step, Weather } from './step.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What a history came to: its story, line by line, and what was wrong at its end or on the way. */
export interface Ending {
  readonly story: readonly string[];
  readonly wrongs: readonly string[];
}

/** Waits between the quiet cycles: retries of what failed grow; together shorter than delta tokens live. */
const quietGapsMs = [0, 0, 0, 3 * hourMs, 10 * hourMs, 24 * hourMs, 36 * hourMs, 48 * hourMs, 0];

/** Accounts that stood in Zoom before: some of people who may join, some of nobody's. */
export const seedZoom = ({ zoom }: Surroundings): void => {
  zoom.seed({
    users: [
      { userName: `ada@${domain}`, givenName: 'Ada', familyName: 'Before', userType: 'Licensed' },
      { userName: `ben@${domain}`, givenName: 'Ben', familyName: 'Before', status: 'inactive' },
      { userName: `owner@${domain}`, givenName: 'Olga', familyName: 'Owner', role: 'Owner', userType: 'Licensed' },
      { userName: `room@${domain}`, givenName: 'Room', familyName: 'One' },
    ],
    foreign: ['hal@partner.example'],
  });
};

const schemaOf = ({ schema }: Weather): DrawnSchema => {
  const drawn = drawnSchemas[schema];
  if (!drawn) throw new Error(`There is no schema ${schema}.`);
  return drawn;
};

const createScene = (weather: Weather, tables: Tables | undefined) => {
  const { seed, isLagging, schema: _drawn, nesting: _setting, ...graph } = weather;
  const base = createSurroundings({
    seed,
    // A nested group that was deleted before the group around it was first read comes back unnoticed until all is read anew.
    graph: {
      softDeletedGroupEdgesInInitial: true,
      ...graph,
      ...(isLagging ? { lagProbability: 0.3, lagMaxMs: minuteMs } : {}),
    },
    zoom: { userNameFollowsEmail: true },
  });
  seedZoom(base);
  const memory = createTenantMemory(base.zoom.state());
  const members = watchMembers(base.zoom.send);
  const watch = watchWrites(members.send, base.zoom.state, memory);
  const surroundings: Surroundings = {
    ...base,
    zoom: { ...base.zoom, send: watch.send },
    ...(tables ? { tables: holdTime(tables, base.clock.hold) } : {}),
  };
  return { surroundings, memory, wrongsOf: () => [...members.wrongs, ...watch.wrongs] };
};

/** Lives a history through, then lets everything come to rest, and asks the oracle. */
export const liveThrough = async (plot: Plot, tables?: Tables): Promise<Ending> => {
  const { surroundings, memory, wrongsOf } = createScene(plot.weather, tables);
  const { graph, zoom, clock } = surroundings;
  const schema = schemaOf(plot.weather);
  const { nesting } = plot.weather;
  const story = [`the schema: ${schema.name}; nested groups: ${nesting}`];
  const company = createCompany(surroundings);
  const operator = await createOperator(surroundings, schema, { nestedGroups: nesting === 'on' });
  const observe = () => memory.observe(readPeople(graph.dir, servicePrincipalId, schema.expect, nesting));
  observe();

  const runCycle = async (order: Parameters<typeof operator.runCycle>[0]): Promise<string> => {
    memory.startCycle();
    const { kind, state, counts } = await operator.runCycle(order);
    observe();
    const figures = Object.entries(counts).filter(([key]) => shownCounts.has(key));
    return `a cycle (${kind}) ends ${state}: ${figures.map(([key, count]) => `${key} ${count}`).join(', ') || 'nothing done'}`;
  };

  let hasLied = false;
  /** A list that lies again and again cannot be told from the truth; one that lies twice can. */
  const lie = ({ who, times }: Extract<Step, { kind: 'lie' }>): string | null => {
    const rows = [...graph.dir.assignments(servicePrincipalId)];
    const row = rows[who % rows.length];
    if (hasLied || !row) return null;
    hasLied = true;
    const { principalId } = row;
    graph.addFault({ kind: 'rowMissing', principalId }, { routes: ['appRoleAssignedTo'], times });
    return `Graph leaves ${company.nameOf(principalId)} out of the list of assignments, ${times} times`;
  };

  /** Two reads that lie cannot be told from the truth: nobody is asked for once a list has lied. */
  const askFor = async ({ who, kill, isBesideCycle }: Extract<Step, { kind: 'demand' }>): Promise<string | null> => {
    if (hasLied) return null;
    const id = company.anybody(who);
    let told = '';
    const ask = async (): Promise<void> => {
      told = await operator.demand(id, kill);
    };
    const cycle = isBesideCycle ? await runCycle({ asked: null, kills: [], isTwice: false, beside: ask }) : await ask();
    return `${company.nameOf(id)} is asked for on demand, which ${told}${cycle ? `, while ${cycle}` : ''}`;
  };

  const happen = async (step: Step): Promise<string | null> => {
    switch (step.kind) {
      case 'cycle': {
        const kills = step.kills
          .map(
            ({ at, moment }) =>
              `, a worker ${moment === 'frozen' ? 'freezes before' : `is killed ${moment}`} its step ${at}`,
          )
          .join('');
        return `${await runCycle(step)}${step.isTwice ? ', each message delivered twice' : ''}${kills}`;
      }
      case 'graphFault':
        graph.addFault(step.fault, step.selector);
        return `Graph: ${JSON.stringify(step.fault)} at ${JSON.stringify(step.selector)}`;
      case 'zoomFault':
        zoom.addFault(step.fault);
        return `Zoom: ${JSON.stringify(step.fault)}`;
      case 'lie':
        return lie(step);
      case 'demand':
        return askFor(step);
      case 'wait':
        clock.advance(step.hours * hourMs);
        return `${step.hours} hours pass`;
      case 'lateMessage': {
        const message = operator.repeatMessage(step.message);
        return message && `a message of slice ${message.slice} is delivered again`;
      }
      case 'accept':
        return acceptInvitation(surroundings, step.who);
      default:
        return company.apply(step);
    }
  };

  try {
    for (const step of [...plot.staff, ...plot.steps]) {
      const told = await happen(step);
      if (told) story.push(told);
      observe();
      if (wrongsOf().length > 0) return { story, wrongs: wrongsOf() };
    }
    story.push('faults end, and it is quiet');
    graph.clearFaults();
    zoom.clearFaults();
    Object.assign(graph.settings, { lagProbability: 0 });
    let sent = 0;
    for (const gapMs of quietGapsMs) {
      clock.advance(gapMs);
      while (acceptInvitation(surroundings, 0)) observe();
      const before = zoom.journal.lastSequence;
      story.push(await runCycle({ asked: null, kills: [], isTwice: false }));
      sent = zoom.journal.lastSequence - before;
    }
    const last = sent > 0 ? [`the last quiet cycle still sent ${sent} requests to Zoom`] : [];
    story.push(await runCycle({ asked: 'reconcile', kills: [], isTwice: false }));
    const { state } = createWorker(surroundings).world;
    const altered = await judgeDrift(state);
    const counted = losesCounts(plot) ? [] : await judgeCounters(state);
    const ofGroups = schema.groupMapping
      ? [
          ...judgeGroups(graph.dir, servicePrincipalId, memory.people, zoom.state()),
          ...judgeManagers(graph.dir, memory.people, zoom.state()),
        ]
      : [];
    const end = judgeEnd(memory, zoom.state(), [domain]);
    return { story, wrongs: [...wrongsOf(), ...end, ...ofGroups, ...last, ...counted, ...altered] };
  } catch (error) {
    return { story, wrongs: [...wrongsOf(), error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
};

/** Who dies, or loses the lease, takes with it what it had counted since its last checkpoint. */
const losesCounts = ({ steps }: Plot): boolean =>
  steps.some((step) => step.kind === 'demand' || (step.kind === 'cycle' && (step.kills.length > 0 || step.isTwice)));

const shownCounts = new Set([
  'created',
  'adopted',
  'updated',
  'enabled',
  'disabled',
  'deleted',
  'failed',
  'staged',
  'held',
]);

export const acceptInvitation = ({ zoom }: Surroundings, who: number): string | null => {
  const pending = [...zoom.state().accounts.values()].filter(({ status }) => status === 'pending');
  const account = pending[who % Math.max(1, pending.length)];
  if (!account) return null;
  zoom.acceptInvitation(account.id);
  return `${account.familyName} (${account.email}) accepts the invitation`;
};
