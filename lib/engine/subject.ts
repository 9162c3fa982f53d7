import type { AppRole, Attributes } from '../expressions/attributes.js';
import type { CompiledMapping, FilterVerdict, MappedObject, MappingFault } from '../mapping/compiled.js';
import { evaluateGroupScope } from './groups/groupScope.js';
import { findUnknownGroup, memberOf, withholdFilter } from './memberships.js';
import type { Fault, Life, Scope, SourceObject } from './model.js';
import { boundByReference, type ManagerSight, managerAttribute } from './referencePaths.js';
import { chooseRemoval, type RemovalRule, ruleToday } from './removalPolicy.js';
import { evaluateScope, type ScopeGroup } from './scope.js';
import type { EngineSettings } from './settings.js';
import { addComputedAttributes } from './sourceAttributes.js';
import type { StoredObject } from './state.js';
import type { ObjectRow } from './stored.js';

/** One object on its way through the steps. `source` null: only the id is known (removed, or not readable). */
export interface Subject {
  readonly stored: StoredObject;
  readonly source: SourceObject | null;
  readonly life: Life;
  /** When the page or read that `source` came from was requested. */
  readonly readAt: string;
  /** The users round of the row, null for a point read. */
  readonly round: number | null;
  /** A row of the feed said so; else reads did. */
  readonly provenByRow: boolean;
  /** The object's own data could not be read: its failure. */
  readonly readFault: Fault | null;
}

/** What an evaluation needs besides the object. */
export interface Scene {
  readonly settings: EngineSettings;
  readonly mapping: CompiledMapping;
  readonly groups: ReadonlyMap<string, ScopeGroup>;
  readonly appRoles: ReadonlyMap<string, AppRole>;
  readonly pathsIncomplete: boolean;
  /** The one object's edges as they were read just now; absent: those in its row. */
  readonly freshVia?: ObjectRow['via'];
  /** Groups whose members are all known; needed where filters ask for members. */
  readonly readyGroups?: ReadonlySet<string>;
  /** What is known of managers in the target, by their source id; absent: references are not resolved here. */
  readonly managers?: ReadonlyMap<string, ManagerSight>;
  readonly nowMs: number;
}

export type Barred =
  | { readonly kind: 'filterFailed'; readonly fault: MappingFault }
  | { readonly kind: 'notImported'; readonly detail: string };

/** Import and scope of one object: pure. `mapped` null: no attributes are known. */
export interface Assessment {
  readonly subject: Subject;
  readonly scope: Scope;
  readonly attributes: Attributes | null;
  readonly mapped: MappedObject | null;
  /** A filter could not be answered, or the object is not to be read at all: nothing is granted and nothing taken. */
  readonly barred: Barred | null;
  readonly removal: { readonly trigger: Scope['triggers'][number]; readonly rule: RemovalRule } | null;
}

/** Evaluates scope and mappings against the complete source object. */
export const assess = (subject: Subject, scene: Scene): Assessment => {
  const { source, life, stored } = subject;
  const via = scene.freshVia ?? stored.row.via;
  const { filterGroups } = scene.mapping;
  const read = source?.attributes ?? null;
  const raw = read && filterGroups.length > 0 ? { ...read, memberOf: memberOf(via, scene.groups) } : read;
  const accountEnabled = raw?.['accountEnabled'];
  const plain = { verdict: 'in', gates: [], triggers: [], roleIds: [] } as const;
  const forFilters = raw ? addComputedAttributes(raw, plain, scene.appRoles) : null;
  const filters = forFilters ? scene.mapping.evaluateFilters(forFilters) : null;
  const paths = {
    mode: scene.settings.scopeMode,
    via,
    pathsIncomplete: scene.pathsIncomplete,
    hasAccount: stored.row.link?.state === 'active',
    life,
    filters,
  };
  const evaluated =
    stored.row.type === 'group'
      ? evaluateGroupScope({ ...paths, securityEnabled: stored.row.group?.securityEnabled ?? null })
      : evaluateScope({
          ...paths,
          groups: scene.groups,
          accountEnabled: typeof accountEnabled === 'boolean' ? accountEnabled : null,
        });
  const scope = withholdFilter(evaluated, filterGroups.length > 0, scene.pathsIncomplete);
  const computed = raw ? addComputedAttributes(raw, scope, scene.appRoles) : null;
  const manager = boundByReference(scene.mapping, 'manager') ? managerAttribute(subject, scene) : undefined;
  const attributes = computed && manager !== undefined ? { ...computed, manager } : computed;
  const mapped =
    attributes && scope.verdict === 'in' ? scene.mapping.mapForCreate(attributes, scene.nowMs, noneTaken) : null;
  // A mapping that makes `active` false takes the account away as a block does.
  const triggers = mapped?.values['active'] === false ? (['blocked'] as const) : scope.triggers;
  const chosen = chooseRemoval(triggers, scene.settings.removalPolicy, {
    mayDelete: scene.mapping.actions.delete,
    skipOutOfScope: scene.settings.skipOutOfScopeDeletions,
  });
  const removal = chosen && {
    trigger: chosen.trigger,
    rule: ruleToday(chosen.rule, chosen.trigger, stored.row.removal, scene.nowMs),
  };
  return { subject, scope, attributes, mapped, barred: findBar(forFilters, filters, scope, scene), removal };
};

/** By a gate, or by a mapping that makes `active` false; and the policy does something about it. */
export const asksForRemoval = ({ subject, scope, removal, barred }: Assessment): boolean =>
  subject.readFault === null &&
  barred === null &&
  scope.verdict !== 'unknown' &&
  removal !== null &&
  removal.rule.kind !== 'nothing' &&
  (subject.stored.row.type === 'user' || (removal.rule.kind === 'delete' && removal.rule.afterMs === 0));

/** A value that must be unique is chosen when the target can be asked, and only where an account is made. */
const noneTaken = (): boolean => false;

/** A filter that could not be answered is no filter that was not passed; what an input filter drops is left alone. */
const findBar = (
  attributes: Attributes | null,
  filters: FilterVerdict | null,
  scope: Scope,
  scene: Scene,
): Barred | null => {
  const isOutAnyway = scope.triggers.some((trigger) => trigger !== 'filteredOut');
  const unknownGroup = attributes && findUnknownGroup(scene.mapping, scene.readyGroups);
  if (unknownGroup && !isOutAnyway) return { kind: 'filterFailed', fault: unknownGroup };
  if (filters?.fault) return { kind: 'filterFailed', fault: filters.fault };
  if (!attributes) return null;
  const input = scene.mapping.evaluateInputFilters(attributes);
  if (input.fault) return { kind: 'filterFailed', fault: input.fault };
  return input.passed ? null : { kind: 'notImported', detail: input.detail };
};
