import type { CompiledMapping } from '../mapping/compiled.js';
import type { Decision, Fault, Match, RemovalTrigger } from './model.js';
import type { Effect } from './outcome.js';
import type { Intent } from './stored.js';
import type { Assessment } from './subject.js';
import type { World } from './world.js';

/** The mail domains in which Zoom made an account of ours active at once, so that no invitation is to be expected. */
export interface DomainBook {
  has(domain: string): boolean;
  learn(domain: string): void;
}

/** What carrying out a decision needs. */
export interface ExportContext {
  readonly world: World;
  readonly mapping: CompiledMapping;
  readonly domains: DomainBook;
  /** False as soon as no request to Zoom may start: lease about to end, pause, budget. */
  readonly maySend: () => boolean;
  /** Candidates of `SelectUniqueValue` to the object of this batch that was promised each; one map a batch. */
  readonly promised?: Map<string, string>;
  /** The target was found to be down: what it failed to answer is nobody's failure. Absent: not watched. */
  readonly isTargetDown?: () => boolean;
  /** Adds to the cycle's counts. */
  readonly count: (key: string, by: number) => void;
}

/** One object whose intent is written. */
export interface ExportTask {
  readonly assessment: Assessment;
  readonly decision: Extract<Decision, { kind: 'create' | 'update' }>;
  readonly match: Match;
  readonly intent: Intent;
  /** Accounts found after an own attempt whose outcome was unknown are ours, not adopted. */
  readonly recovered: boolean;
}

/** A removal that may be carried out now. */
export interface RemovalTask {
  readonly targetId: string;
  readonly trigger: RemovalTrigger;
  readonly operation: 'disable' | 'delete';
  /** An earlier attempt was cut short or had no answer: Zoom is looked at before anything is sent. */
  readonly isRepeated: boolean;
}

/** An effect, or a new match that the decision must be made again with. */
export type Attempt =
  | { readonly kind: 'done'; readonly effect: Effect }
  | {
      readonly kind: 'rematch';
      readonly match: Match;
      readonly recovered: boolean;
      /** What it is where no attempt is left; undefined leaves the object for later. */
      readonly fault?: Fault;
    };
