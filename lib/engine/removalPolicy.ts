import type { RemovalTrigger } from './model.js';
import type { RemovalState } from './stored.js';

/** What a trigger leads to. `delete` with `afterMs`: disable at once, delete when that time has passed. */
export type RemovalRule =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'disable' }
  | { readonly kind: 'delete'; readonly afterMs: number };

export type RemovalPolicy = Readonly<Record<RemovalTrigger, RemovalRule>>;

/** Every trigger disables; deleting is asked for, never assumed. */
export const defaultRemovalPolicy: RemovalPolicy = {
  unassigned: { kind: 'disable' },
  filteredOut: { kind: 'disable' },
  blocked: { kind: 'disable' },
  softDeleted: { kind: 'disable' },
  hardDeleted: { kind: 'disable' },
};

const harshness = (rule: RemovalRule): number => {
  switch (rule.kind) {
    case 'nothing':
      return 0;
    case 'disable':
      return 1;
    case 'delete':
      return 2 + 1 / (1 + rule.afterMs);
  }
};

/**
 * The rule for these triggers: the harsher of two that hold at once. A delete also needs `Delete` among the mapping's
 * actions, else it disables.
 */
export const chooseRemoval = (
  triggers: readonly RemovalTrigger[],
  policy: RemovalPolicy,
  options: { readonly mayDelete: boolean; readonly skipOutOfScope: boolean },
): { readonly trigger: RemovalTrigger; readonly rule: RemovalRule } | null => {
  const ruled = triggers.map((trigger) => ({ trigger, rule: ruleFor(trigger, policy, options) }));
  return ruled.reduce<(typeof ruled)[number] | null>(
    (chosen, next) => (chosen !== null && harshness(chosen.rule) >= harshness(next.rule) ? chosen : next),
    null,
  );
};

/**
 * The rule as it stands today: a deletion after some time is one at once when its day has come, counted from when this
 * trigger took effect.
 */
export const ruleToday = (
  rule: RemovalRule,
  trigger: RemovalTrigger,
  inForce: RemovalState | null,
  nowMs: number,
): RemovalRule => {
  if (rule.kind !== 'delete' || inForce?.trigger !== trigger || inForce.due === null) return rule;
  return Date.parse(inForce.due) <= nowMs ? { kind: 'delete', afterMs: 0 } : rule;
};

/** Whether a disabled account is what the rule asks for today. */
export const isDisablingEnough = (rule: RemovalRule): boolean =>
  rule.kind === 'disable' || (rule.kind === 'delete' && rule.afterMs > 0);

/** What is sent for a removal that is carried out now. */
export const removalOperation = (removal: { readonly rule: RemovalRule } | null): 'disable' | 'delete' =>
  removal?.rule.kind === 'delete' && removal.rule.afterMs === 0 ? 'delete' : 'disable';

const ruleFor = (
  trigger: RemovalTrigger,
  policy: RemovalPolicy,
  options: { readonly mayDelete: boolean; readonly skipOutOfScope: boolean },
): RemovalRule => {
  if (options.skipOutOfScope && (trigger === 'unassigned' || trigger === 'filteredOut')) return { kind: 'nothing' };
  const rule = policy[trigger];
  return rule.kind === 'delete' && !options.mayDelete ? { kind: 'disable' } : rule;
};
