import type { Change, Decision, Fault, Match, SkipReason } from './model.js';
import type { Link } from './stored.js';
import type { Assessment } from './subject.js';

/** What carrying out a decision ended as. */
export type Effect =
  | {
      readonly kind: 'exported';
      readonly operation: 'create' | 'adopt' | 'update' | 'enable';
      readonly link: Link;
      /** Asked and not there in the answer: `downgraded` licences, ignored renames. */
      readonly unapplied: readonly Change[];
    }
  | { readonly kind: 'removed'; readonly operation: 'disable' | 'delete'; readonly link: Link | null }
  | { readonly kind: 'staged' }
  | { readonly kind: 'skipped'; readonly reason: SkipReason; readonly detail: string }
  /** `link`: what is known of the account although the attempt failed; undefined leaves it. */
  | { readonly kind: 'failed'; readonly fault: Fault; readonly link?: Link }
  /** The worker must stop, or the target asks for a wait: the object stays as it was. `attempted`: something was sent. */
  | { readonly kind: 'deferred'; readonly retryAt: string | null; readonly attempted?: boolean };

/** One object's way through the steps, with all that its log record tells. */
export interface Outcome {
  readonly assessment: Assessment;
  readonly match: Match | null;
  readonly decision: Decision;
  readonly effect: Effect;
  readonly changes: readonly Change[];
  /** The link named an account that Zoom no longer has (Microsoft's `InvalidAnchor`). */
  readonly invalidAnchor: boolean;
  readonly startedMs: number;
  readonly endedMs: number;
}

/**
 * Nobody of ours: without an account and without a path to the application. Nothing about such a person is kept, logged
 * or counted.
 */
export const isStranger = ({ assessment, effect }: Outcome): boolean =>
  effect.kind === 'skipped' &&
  assessment.scope.verdict === 'out' &&
  assessment.subject.stored.row.link === null &&
  assessment.scope.gates.some(({ name, passed }) => name === 'assignment' && !passed);

/** The key under which a cycle counts this outcome. */
export const countKey = (effect: Effect): string | null => {
  switch (effect.kind) {
    case 'exported':
      return { create: 'created', adopt: 'adopted', update: 'updated', enable: 'enabled' }[effect.operation];
    case 'removed':
      return effect.operation === 'disable' ? 'disabled' : 'deleted';
    case 'skipped':
      return 'skipped';
    case 'failed':
      return 'failed';
    case 'staged':
      return 'staged';
    case 'deferred':
      return null;
  }
};
