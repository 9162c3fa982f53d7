import fc from 'fast-check';
import { operationOf } from '../../lib/engine/preview/operationOf.js';
import type { PreviewOperation } from '../../lib/engine/preview/preview.js';
import type { RecordRow } from '../../lib/engine/record.js';
import { partitionsOf, tableNames } from '../../lib/state/names.js';
import { hookWrites } from '../../lib/state/wrapTables.js';
import { createPreviewer, type Previewer } from '../fakes/previewer.js';
import { createSurroundings, jobId, type Surroundings } from '../fakes/surroundings.js';
import { createWorker } from '../fakes/worker.js';
import { createCompany } from './company.js';
import { join, tenantStep } from './drawStep.js';
import { acceptInvitation, seedZoom } from './history.js';
import { createOperator, type Operator } from './operator.js';
import type { JoinStep, Step } from './step.js';

/** Some things happen, then a cycle is previewed and run. */
interface Chapter {
  readonly steps: readonly Step[];
  readonly asked: 'initial' | null;
  /** So short that most previews take several slices. */
  readonly isHurried: boolean;
}

interface PreviewPlot {
  readonly seed: number;
  readonly staff: readonly JoinStep[];
  readonly chapters: readonly Chapter[];
}

const plots: fc.Arbitrary<PreviewPlot> = fc.record({
  seed: fc.nat(9_999),
  staff: fc.array(join, { minLength: 2, maxLength: 7, size: 'max' }),
  chapters: fc.array(
    fc.record({
      steps: fc.array(
        fc.oneof(
          { weight: 9, arbitrary: tenantStep },
          { weight: 1, arbitrary: fc.record({ kind: fc.constant('accept' as const), who: fc.nat(11) }) },
        ),
        { maxLength: 6, size: 'max' },
      ),
      asked: fc.oneof(
        { weight: 5, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.constant('initial' as const) },
      ),
      isHurried: fc.boolean(),
    }),
    { minLength: 3, maxLength: 7, size: 'max' },
  ),
});

/** What a preview must get right of an operation: all that a person is told, but ids that nobody can know. */
const tell = (operation: PreviewOperation): string => {
  const { action, sourceId, targetId, code, reason, modifiedProperties } = operation;
  const properties = modifiedProperties.map(
    ({ displayName, oldValue, newValue }) => `${displayName}: ${oldValue} -> ${newValue}`,
  );
  const account = action === 'create' ? null : targetId;
  // In which order two groups are named is left open.
  const why = action === 'fail' ? null : reason.split(/[,;] /).sort();
  return JSON.stringify([action, sourceId, account, code, why, properties.sort()]);
};

const compare = (previewed: readonly PreviewOperation[], records: readonly RecordRow[]): readonly string[] => {
  const shown = previewed.map(tell).sort();
  const done = records.map((record) => tell(operationOf(record))).sort();
  const left = [...done];
  const wrongs: string[] = [];
  for (const line of shown) {
    const at = left.indexOf(line);
    if (at < 0) wrongs.push(`previewed and not done: ${line}`);
    else left.splice(at, 1);
  }
  return [...wrongs, ...left.map((line) => `done and not previewed: ${line}`)];
};

/** Whoever writes while the preview runs: a row of the job, or an account. */
const watch = (surroundings: Surroundings) => {
  const { zoom } = surroundings;
  let isPreviewing = false;
  const wrongs: string[] = [];
  const tables = hookWrites(surroundings.tables, {
    beforeWrite: ({ table }) => {
      if (isPreviewing && table !== tableNames.preview) wrongs.push(`the preview wrote to table ${table}`);
    },
  });
  return {
    tables,
    wrongs,
    async during<Result>(work: () => Promise<Result>): Promise<Result> {
      const before = JSON.stringify([...zoom.state().accounts]);
      const sequence = zoom.journal.lastSequence;
      isPreviewing = true;
      const result = await work();
      isPreviewing = false;
      const writes = zoom.journal
        .since(sequence)
        .filter(({ method, operation }) => method !== 'GET' && !operation.startsWith('oauth.'));
      wrongs.push(...writes.map(({ method, operation }) => `the preview sent ${method} ${operation}`));
      if (JSON.stringify([...zoom.state().accounts]) !== before) wrongs.push('the preview changed an account');
      if (surroundings.queue.length > 0) wrongs.push('the preview left a message for the cycle');
      return result;
    },
  };
};

const readRecords = async (surroundings: Surroundings, cycleId: string): Promise<readonly RecordRow[]> => {
  const { state } = createWorker(surroundings).world;
  const found: RecordRow[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof state.records.listByCycle>> = await state.records.listByCycle(
      cycleId,
      cursor,
    );
    found.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== null);
  return found;
};

const leftOvers = async (previewer: Previewer, surroundings: Surroundings): Promise<readonly string[]> => {
  const preview = await previewer.store.read();
  const partitionKey = `${partitionsOf(jobId).job}|${preview?.previewId}`;
  const { rows } = await surroundings.tables.table(tableNames.preview).query({ partitionKey }, 1_000);
  return rows.filter(({ rowKey }) => !/^(op!|schema$)/.test(rowKey)).map(({ rowKey }) => `left behind: ${rowKey}`);
};

/** What was wrong with one of its previews, and the story up to there. */
export interface PreviewEnding {
  readonly story: readonly string[];
  readonly wrongs: readonly string[];
}

const liveThrough = async (plot: PreviewPlot): Promise<PreviewEnding> => {
  const base = createSurroundings({ seed: plot.seed, zoom: { userNameFollowsEmail: true } });
  seedZoom(base);
  const watched = watch(base);
  const surroundings: Surroundings = { ...base, tables: watched.tables };
  const company = createCompany(surroundings);
  const operator = await createOperator(surroundings);
  const story: string[] = [];
  const apply = (step: Step): void => {
    const told = step.kind === 'accept' ? acceptInvitation(surroundings, step.who) : applyTo(company, step);
    if (told) story.push(told);
  };
  for (const step of plot.staff) apply(step);
  for (const chapter of plot.chapters) {
    for (const step of chapter.steps) apply(step);
    const wrongs = await previewAndRun(chapter, surroundings, operator, watched, story);
    if (wrongs.length > 0) return { story, wrongs };
  }
  return { story, wrongs: [] };
};

const applyTo = (company: ReturnType<typeof createCompany>, step: Step): string | null => {
  switch (step.kind) {
    case 'accept':
    case 'cycle':
    case 'graphFault':
    case 'zoomFault':
    case 'lie':
    case 'wait':
    case 'lateMessage':
    case 'demand':
      return null;
    default:
      return company.apply(step);
  }
};

const previewAndRun = async (
  { asked, isHurried }: Chapter,
  surroundings: Surroundings,
  operator: Operator,
  watched: ReturnType<typeof watch>,
  story: string[],
): Promise<readonly string[]> => {
  const { clock, tables } = surroundings;
  const engine = { deletionThresholdPercent: 100, ...(isHurried ? { sliceBudgetMs: 8 } : {}) };
  const worker = createWorker(surroundings, { owner: 'previewer', engine });
  let looks = 0;
  /** Each look at the time takes a millisecond of the slice's budget. */
  const monotonicMs = (): number => {
    looks += 1;
    return clock.monotonicMs() + looks;
  };
  const options = { ...worker, world: { ...worker.world, clock: { ...clock, monotonicMs } } };
  const { job } = await options.world.state.jobs.read();
  const dueMs = job?.nextRunAt ? Date.parse(job.nextRunAt) : 0;
  if (!asked) clock.advance(Math.max(0, dueMs - clock.nowMs()));
  const previewer = createPreviewer(options, tables, clock);
  const { preview, operations, slices } = await watched.during(() => previewer.show({ kind: asked ?? 'incremental' }));
  story.push(`a preview in ${slices} slices`);
  const summary = await operator.runCycle({ asked, kills: [], isTwice: false, isAtOnce: true });
  story.push(`a cycle (${summary.kind})`);
  const kinds =
    preview.report?.kind === summary.kind ? [] : [`previewed as ${preview.report?.kind}, run as ${summary.kind}`];
  return [
    ...(preview.state === 'completed'
      ? []
      : [`the preview ${preview.state}: ${JSON.stringify(preview.report?.fault)}`]),
    ...kinds,
    ...watched.wrongs,
    ...compare(operations, await readRecords(surroundings, summary.cycleId)),
    ...(await leftOvers(previewer, surroundings)),
  ];
};

/** Draws one history, previews each of its cycles before it runs. */
export const runPreviewHistory = async (seed: number): Promise<PreviewEnding> => {
  const property = fc.asyncProperty(plots, async (plot) => {
    const { wrongs } = await liveThrough(plot);
    if (wrongs.length > 0) throw new Error(wrongs.join('\n'));
  });
  const details = await fc.check(property, { seed, numRuns: 1, unbiased: true, endOnFailure: true });
  if (!details.failed) return { story: [], wrongs: [] };
  if (!details.counterexample) throw details.errorInstance ?? new Error('The history could not be drawn.');
  return liveThrough(details.counterexample[0]);
};
