import { Duration } from 'luxon';
import { z } from 'zod';
import type { Parse } from './parsers.js';

/** What a trigger leads to; `delete` after `afterMs` disables at once. */
export type RemovalRuleSetting =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'disable' }
  | { readonly kind: 'delete'; readonly afterMs: number };

const triggers = ['unassigned', 'filteredOut', 'blocked', 'softDeleted', 'hardDeleted'] as const;
export type RemovalPolicySetting = Readonly<Record<(typeof triggers)[number], RemovalRuleSetting>>;

const rule = z.string().transform((text, context): RemovalRuleSetting => {
  if (text === 'nothing' || text === 'disable') return { kind: text };
  if (text === 'delete') return { kind: 'delete', afterMs: 0 };
  const after = text.startsWith('delete:') ? Duration.fromISO(text.slice('delete:'.length)) : null;
  if (after?.isValid && after.toMillis() >= 0) return { kind: 'delete', afterMs: after.toMillis() };
  context.addIssue({ code: 'custom', message: 'no rule' });
  return z.NEVER;
});

const disable: RemovalRuleSetting = { kind: 'disable' };
const policy = z.strictObject({
  unassigned: rule.default(disable),
  filteredOut: rule.default(disable),
  blocked: rule.default(disable),
  softDeleted: rule.default(disable),
  hardDeleted: rule.default(disable),
});

/** JSON of trigger → `nothing` · `disable` · `delete` · `delete:P30D`; a trigger that is not named disables. */
export const parseRemovalPolicy: Parse<RemovalPolicySetting> = (text) => {
  const parsed = policy.safeParse(readJson(text));
  if (parsed.success) return { kind: 'value', value: parsed.data };
  const expected = `JSON with the keys ${triggers.join(', ')} and the values nothing, disable, delete or delete:P30D`;
  return { kind: 'expected', expected };
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON is no policy: the message names what was expected
  }
};
