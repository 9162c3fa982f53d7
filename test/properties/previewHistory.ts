import fc from 'fast-check';
import type { RecordRow } from '../../lib/engine/record.js';
import { partitionsOf, tableNames } from '../../lib/state/names.js';
import { hurryClock } from '../fakes/hurryClock.js';
import { createKillSwitch, type KillPoint } from '../fakes/killSwitch.js';
import { createPreviewer, type Previewer, type PreviewProcess } from '../fakes/previewer.js';
import { createSurroundings, jobId, type Surroundings } from '../fakes/surroundings.js';
import { createWorker } from '../fakes/worker.js';
import { createCompany } from './company.js';
import { comparePreview } from './comparePreview.js';
import { acceptInvitation, seedZoom } from './history.js';
import { createOperator, type Operator } from './operator.js';
import { type Chapter, type PreviewPlot, type PreviewStep, previewPlots, type Trouble } from './previewPlot.js';
import { type PreviewWatch, watchPreview } from './watchPreview.js';

/** What was wrong with one of its previews, and the story up to there. */
export interface PreviewEnding {
  readonly story: readonly string[];
  readonly wrongs: readonly string[];
}

const minuteMs = 60_000;

/**
 * What no preview can know: in which order Graph will enumerate, which may decide who of two gets an account, and whether
 * Zoom takes an address outside of the account's own domains.
 */
const leftOpen = {
  graph: { enumerationOrder: 'same' },
  zoom: { userNameFollowsEmail: true, emailChange: 'apply' },
} as const;

/** Draws one history, previews each of its cycles before it runs. */
export const runPreviewHistory = async (seed: number): Promise<PreviewEnding> => {
  const property = fc.asyncProperty(previewPlots, async (plot) => {
    const { wrongs } = await liveThrough(plot);
    if (wrongs.length > 0) throw new Error(wrongs.join('\n'));
  });
  const details = await fc.check(property, { seed, numRuns: 1, unbiased: true, endOnFailure: true });
  if (!details.failed) return { story: [], wrongs: [] };
  if (!details.counterexample) throw details.errorInstance ?? new Error('The history could not be drawn.');
  return liveThrough(details.counterexample[0]);
};

const liveThrough = async (plot: PreviewPlot): Promise<PreviewEnding> => {
  const base = createSurroundings({ seed: plot.seed, ...leftOpen });
  seedZoom(base);
  const watched = watchPreview(base);
  const surroundings: Surroundings = { ...base, tables: watched.tables };
  const company = createCompany(surroundings);
  const operator = await createOperator(surroundings);
  const story: string[] = [];
  const previewers: Previewer[] = [];
  const apply = (step: PreviewStep): void => {
    const told = step.kind === 'accept' ? acceptInvitation(surroundings, step.who) : company.apply(step);
    if (told) story.push(told);
  };
  for (const step of plot.staff) apply(step);
  for (const chapter of plot.chapters) {
    for (const step of chapter.steps) apply(step);
    const wrongs = await previewAndRun(chapter, { surroundings, operator, watched, story, previewers });
    if (wrongs.length > 0) return { story, wrongs };
  }
  for (const previewer of previewers) await previewer.outlast();
  return { story, wrongs: [...watched.wrongs, ...(await listForgotten(surroundings))] };
};

interface Scene {
  readonly surroundings: Surroundings;
  readonly operator: Operator;
  readonly watched: PreviewWatch;
  readonly story: string[];
  readonly previewers: Previewer[];
}

const previewAndRun = async (chapter: Chapter, scene: Scene): Promise<readonly string[]> => {
  const { asked, trouble } = chapter;
  const { surroundings, operator, watched, story, previewers } = scene;
  const { clock } = surroundings;
  const { state } = createWorker(surroundings).world;
  const job = await state.jobs.readJob();
  const dueMs = job?.nextRunAt ? Date.parse(job.nextRunAt) : 0;
  clock.advance(asked ? minuteMs : Math.max(0, dueMs - clock.nowMs()));
  const begunMs = clock.nowMs();
  const previewer = startPreviewer(chapter, surroundings);
  previewers.push(previewer);
  const { preview, operations, deliveries } = await watched.during(() =>
    amid(trouble, surroundings, () => previewer.show({ kind: asked ?? 'incremental' })),
  );
  story.push(`a preview in ${deliveries} deliveries, amid ${JSON.stringify(trouble)}`);
  const except = await listFallenDue(surroundings, begunMs);
  const summary = await operator.runCycle({ asked, kills: [], isTwice: false, isAtOnce: true });
  story.push(`a cycle (${summary.kind})`);
  const leftBehind = await listLeftOvers(previewer, surroundings, trouble);
  if (trouble.kind === 'faults' || trouble.kind === 'lag') return [...watched.wrongs, ...leftBehind];
  const hasEnded = preview.state === 'completed' && preview.report?.kind === summary.kind;
  return [
    ...watched.wrongs,
    ...leftBehind,
    ...(hasEnded ? [] : [`the preview ${preview.state}: ${JSON.stringify(preview.report)}`]),
    ...comparePreview(operations, await listRecords(surroundings, summary.cycleId), {
      except,
      isExact: trouble.kind === 'none',
    }),
  ];
};

const startPreviewer = ({ isHurried, trouble }: Chapter, surroundings: Surroundings): Previewer => {
  const points: KillPoint[] = trouble.kind === 'kills' ? [...trouble.kills] : [];
  let started = 0;
  const startProcess = (point?: KillPoint): PreviewProcess => {
    started += 1;
    const kill = createKillSwitch(point);
    const worker = createWorker(surroundings, {
      owner: `previewer ${started}`,
      engine: { deletionThresholdPercent: 100, ...(isHurried ? { sliceBudgetMs: 8 } : {}) },
      wrapTables: kill.wrapTables,
      wrapSend: kill.wrapSend,
    });
    const clock = hurryClock(worker.world.clock);
    const tables = kill.wrapTables(surroundings.tables);
    return { options: { ...worker, world: { ...worker.world, clock } }, tables, kill };
  };
  return createPreviewer(surroundings.clock, startProcess(), () => startProcess(points.shift()));
};

const amid = async <Result>(
  trouble: Trouble,
  { graph, zoom }: Surroundings,
  work: () => Promise<Result>,
): Promise<Result> => {
  if (trouble.kind === 'lag') Object.assign(graph.settings, { lagProbability: 0.3, lagMaxMs: minuteMs });
  if (trouble.kind === 'faults') {
    for (const { fault, selector } of trouble.graph) graph.addFault(fault, selector);
    for (const fault of trouble.zoom) zoom.addFault(fault);
  }
  try {
    return await work();
  } finally {
    Object.assign(graph.settings, { lagProbability: 0 });
    graph.clearFaults();
    zoom.clearFaults();
  }
};

/** Who became due after the preview had begun: the cycle looks at them, and the preview could not. */
const listFallenDue = async (surroundings: Surroundings, begunMs: number): Promise<ReadonlySet<string>> => {
  const { objects } = createWorker(surroundings).world.state;
  const begun = new Date(begunMs).toISOString();
  const now = new Date(surroundings.clock.nowMs()).toISOString();
  const { rows } = await objects.listDue('user', now, null, 1_000);
  return new Set(rows.flatMap(({ id, due }) => (due > begun ? [id] : [])));
};

const listRecords = async (surroundings: Surroundings, cycleId: string): Promise<readonly RecordRow[]> => {
  const { records } = createWorker(surroundings).world.state;
  const found: RecordRow[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof records.listByCycle>> = await records.listByCycle(cycleId, cursor);
    found.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== null);
  return found;
};

/** Only a worker that froze can write when all is over; that goes with the report. */
const listLeftOvers = async (
  previewer: Previewer,
  { tables }: Surroundings,
  trouble: Trouble,
): Promise<readonly string[]> => {
  if (trouble.kind === 'kills' && trouble.kills.some(({ moment }) => moment === 'frozen')) return [];
  const preview = await previewer.store.read();
  const partitionKey = `${partitionsOf(jobId).job}|${preview?.previewId}`;
  const { rows } = await tables.table(tableNames.preview).query({ partitionKey }, 1_000);
  return rows.filter(({ rowKey }) => !/^(op!|schema$)/.test(rowKey)).map(({ rowKey }) => `left behind: ${rowKey}`);
};

/** When its time is over nothing is left of any preview. */
const listForgotten = async ({ tables }: Surroundings): Promise<readonly string[]> => {
  const { job } = partitionsOf(jobId);
  const rows = await tables.table(tableNames.preview).listKeys({ from: job, before: `${job}~` }, 1_000);
  return rows.map(({ rowKey }) => `never removed: ${rowKey}`);
};
