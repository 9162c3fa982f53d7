import { licenceNotGiven } from './faults.js';
import type { Decision, JsonValue } from './model.js';
import type { Effect } from './outcome.js';
import type { LicencePolicy } from './settings.js';

type Exporting = Extract<Decision, { kind: 'create' | 'update' }>;
type Exported = Extract<Effect, { kind: 'exported' }>;

const path = 'userType';
const least = 'Basic';
/** The Zoom extension of SCIM: nearly all of it are licences. */
const extension = 'urn:ietf:params:scim:schemas:extension:zoom:1.0:user:';

/** Whether deactivation takes the attribute away (Zoom: the type and every licence). */
export const isLicencePath = (target: string): boolean =>
  target.toLowerCase() === path.toLowerCase() || target.toLowerCase().startsWith(extension);

const refusals: ReadonlySet<string> = new Set(['LicenseLimitExceeded', 'BasicUserLimit']);

/**
 * What to send instead where Zoom refused for want of a licence; null where there is nothing less, or the policy wants
 * the failure. A new account gets Basic; one that is there keeps the licence it has.
 */
export const lessenLicence = (decision: Exporting, effect: Effect, policy: LicencePolicy): Exporting | null => {
  if (policy === 'fail' || effect.kind !== 'failed' || effect.fault.code !== 'LicenseLimitExceeded') return null;
  if (decision.kind === 'create') {
    const wanted = decision.values[path];
    return wanted === undefined || wanted === least
      ? null
      : { ...decision, values: { ...decision.values, [path]: least } };
  }
  const changes = decision.changes.filter((change) => change.path !== path);
  return changes.length === decision.changes.length ? null : { ...decision, changes };
};

/** What was asked stays asked: the record says `downgraded`, and the same is not sent again each cycle. */
export const noteLesserLicence = (effect: Effect, decision: Exporting, before: JsonValue | undefined): Effect => {
  if (effect.kind !== 'exported') return effect;
  const wanted = (decision.kind === 'create' ? decision.values : decision.wanted)[path];
  if (wanted === undefined) return effect;
  const held = effect.unapplied.find((change) => change.path === path)?.old ?? before ?? least;
  const { link } = effect;
  return {
    ...effect,
    link: { ...link, asked: { ...link.asked, [path]: wanted }, held: { ...link.held, [path]: held } },
    unapplied: [...effect.unapplied.filter((change) => change.path !== path), { path, old: held, new: wanted }],
  };
};

/**
 * Under the policy `fail` an account that came out with less than its role asks for is a failure. It stays linked, and
 * the licence counts as not asked, so that the next attempt asks for it again.
 */
export const judgeLicence = (effect: Effect, policy: LicencePolicy): Effect => {
  if (policy !== 'fail' || effect.kind !== 'exported' || !isShort(effect)) return effect;
  const { [path]: _wanted, ...asked } = effect.link.asked;
  return { kind: 'failed', fault: licenceNotGiven, link: { ...effect.link, asked } };
};

/** Whether somebody got less than asked for, or nothing, for want of a licence. */
export const lacksLicence = (effect: Effect): boolean =>
  effect.kind === 'exported' ? isShort(effect) : effect.kind === 'failed' && refusals.has(effect.fault.code);

const isShort = ({ unapplied }: Exported): boolean => unapplied.some((change) => change.path === path);
