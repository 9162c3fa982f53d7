import type { CompiledMapping, MappedObject } from '../mapping/compiled.js';
import { ambiguousMatch, mappingFailed } from './faults.js';
import type { Change, Decision, Fault, Match, ObjectType, Scope, SkipReason, TargetAccount, Values } from './model.js';
import { isDisablingEnough, type RemovalRule } from './removalPolicy.js';
import type { Link } from './stored.js';

export interface DecideInput {
  readonly type: ObjectType;
  readonly scope: Scope;
  readonly link: Link | null;
  readonly match: Match;
  /** Values as a create would send them; null for an object of which only the id is known. */
  readonly mapped: MappedObject | null;
  readonly mapping: CompiledMapping;
  /** What the policy makes of the scope's triggers; null while in scope. */
  readonly removal: { readonly trigger: Scope['triggers'][number]; readonly rule: RemovalRule } | null;
  /** The target's own check of values before anything is sent. */
  readonly valuesFault: (values: Values) => Fault | null;
  readonly mapForUpdate: (current: (path: string) => Values[string] | undefined) => MappedObject;
}

const skip = (reason: SkipReason, detail: string): Decision => ({ kind: 'skip', reason, detail });

/** The one pure step between what is known and what is sent: (source, scope, link, match) → decision with its reason. */
export const decide = (input: DecideInput): Decision => {
  switch (input.scope.verdict) {
    case 'unknown':
      return skip('ScopeUnknown', lastDetail(input.scope));
    case 'out':
      return decideRemoval(input);
    case 'in':
      return decideExport(input);
  }
};

const lastDetail = (scope: Scope): string => scope.gates.find((gate) => !gate.passed)?.detail ?? '';

const decideRemoval = (input: DecideInput): Decision => {
  const { type, link, mapping, removal, scope } = input;
  const reason: SkipReason = scope.triggers[0] === 'filteredOut' ? 'ScopingFilter' : 'NotEffectivelyEntitled';
  if (!link || link.state === 'detached') return skip(reason, lastDetail(scope));
  if (!removal || removal.rule.kind === 'nothing') {
    return skip('EntrySynchronizationSkipped', `the removal policy does nothing for ${scope.triggers.join(', ')}`);
  }
  if (type === 'group') return decideGroupRemoval(link, removal, scope);
  if (!mapping.mapsActive) return skip('EntrySynchronizationSkipped', 'no mapping for active: nothing is disabled');
  const deletesNow = removal.rule.kind === 'delete' && removal.rule.afterMs === 0;
  if (!mapping.actions.update && !deletesNow)
    return skip('EntrySynchronizationSkipped', 'the mapping does not allow updates');
  if (link.state === 'disabled' && isDisablingEnough(removal.rule)) return skip(reason, lastDetail(scope));
  return { kind: 'remove', targetId: link.targetId, trigger: removal.trigger };
};

/** A group has no state that could be taken from it: it is deleted, where the policy says so, or left as it is. */
const decideGroupRemoval = (link: Link, removal: NonNullable<DecideInput['removal']>, scope: Scope): Decision => {
  const { rule, trigger } = removal;
  if (rule.kind === 'delete' && rule.afterMs === 0) return { kind: 'remove', targetId: link.targetId, trigger };
  const isLater = rule.kind === 'delete';
  const detail = isLater ? 'the group is deleted on its day' : `no group is deleted for ${scope.triggers.join(', ')}`;
  return skip('EntrySynchronizationSkipped', `the removal policy: ${detail}`);
};

const decideExport = (input: DecideInput): Decision => {
  const { mapped, mapping, match } = input;
  if (!mapped) return skip('NotVisibleYet', 'the object was named but could not be read');
  const fault = mapped.faults[0];
  // An account that is there is asked for what flows on update only, and fails by that alone.
  if (fault && match.kind !== 'linked' && match.kind !== 'found') return { kind: 'fail', fault: mappingFailed(fault) };
  switch (match.kind) {
    case 'fault':
      return { kind: 'fail', fault: match.fault };
    case 'several':
      return { kind: 'fail', fault: ambiguousMatch(match.targetIds.length) };
    case 'pendingOrForeign':
      return skip('PendingOrForeign', 'Zoom knows the e-mail as invited or as part of another account');
    case 'invited':
      return skip('Invited', 'the person has not accepted the invitation yet');
    case 'none':
    case 'vanished':
      return decideCreate(mapped, mapping, input);
    case 'found':
      return decideUpdate(input, match.account.id, match.account);
    case 'linked':
      return decideUpdate(input, match.targetId, match.account);
  }
};

const decideCreate = (mapped: MappedObject, mapping: CompiledMapping, input: DecideInput): Decision => {
  if (!mapping.actions.add) return skip('EntrySynchronizationSkipped', 'the mapping does not allow creating');
  if (mapping.matching.length > 0 && mapping.matching.every(({ path }) => mapped.values[path] === undefined)) {
    return skip('ImportSkipped', `no value for ${mapping.matching.map(({ path }) => path).join(' or ')}`);
  }
  const missing = mapping.required.find((path) => mapped.values[path] === undefined);
  if (missing) return skip('RequiredAttributeMissing', `${missing} has no value`);
  if (mapped.values['active'] === false) return skip('NotEffectivelyEntitled', 'the mapping makes active false');
  const { active: _active, ...values } = mapped.values;
  const invalid = input.valuesFault(values);
  return invalid ? { kind: 'fail', fault: invalid } : { kind: 'create', values, active: true };
};

const decideUpdate = (input: DecideInput, targetId: string, account: TargetAccount | null): Decision => {
  const { link, mapping } = input;
  const adopt = link === null || link.targetId !== targetId;
  const known = knownValues(input, account, adopt);
  const mapped = input.mapForUpdate(heldValues(input, account, adopt));
  const fault = mapped.faults[0];
  if (fault) return { kind: 'fail', fault: mappingFailed(fault) };
  if (mapped.values['active'] === false) {
    return decideDenied(input, adopt ? null : link);
  }
  const { active: _active, ...wanted } = mapped.values;
  const invalid = input.valuesFault(wanted);
  if (invalid) return { kind: 'fail', fault: invalid };
  const enable = account ? !account.active : link?.state === 'disabled';
  // Zoom drops licences when it disables: on enabling everything is asked anew.
  const changes: readonly Change[] = mapping.findDifferences(wanted, enable ? () => undefined : known);
  if (!mapping.actions.update && (enable || changes.length > 0)) {
    return skip('EntrySynchronizationSkipped', 'the mapping does not allow updates');
  }
  if (!adopt && !enable && changes.length === 0 && isOnRecord(wanted, link, account, mapping)) {
    return skip('RedundantExport', 'Zoom was asked for the same before');
  }
  return { kind: 'update', targetId, enable: enable === true, changes, wanted, adopt };
};

/** The mapping makes `active` false: that is a removal like any other, and goes through the policy. */
const decideDenied = ({ removal }: DecideInput, link: Link | null): Decision => {
  const denied = skip('NotEffectivelyEntitled', 'the mapping makes active false');
  if (!link || !removal) return denied;
  if (removal.rule.kind === 'nothing')
    return skip('EntrySynchronizationSkipped', 'the removal policy does nothing for blocked');
  if (link.state === 'disabled' && isDisablingEnough(removal.rule)) return denied;
  return { kind: 'remove', targetId: link.targetId, trigger: removal.trigger };
};

/** An account that was looked at may be as an attempt left it whose answer was lost: then the link must learn of it. */
const isOnRecord = (wanted: Values, link: Link, account: TargetAccount | null, mapping: CompiledMapping): boolean =>
  account === null ||
  (link.state !== 'disabled' && mapping.findDifferences(wanted, (path) => link.asked[path]).length === 0);

/** What a difference is measured against: what we asked before, or what the target holds where nothing was asked. */
const knownValues = (input: DecideInput, account: TargetAccount | null, adopt: boolean) => {
  const { link, mapping } = input;
  if (adopt || !link) return heldValues(input, account, adopt);
  if (link.invited && account?.active) return () => undefined;
  if (account) return heldValues(input, account, adopt);
  const base = link.schemaVersion === mapping.schemaVersion ? link.asked : link.held;
  return (path: string) => base[path];
};

const heldValues = (input: DecideInput, account: TargetAccount | null, adopt: boolean) => {
  // What a complete account does not show it does not hold.
  const absent = account?.complete ? null : undefined;
  if (account) return (path: string) => input.mapping.readTargetPath(account.resource, path) ?? absent;
  const held: Values = adopt ? {} : (input.link?.held ?? {});
  return (path: string) => held[path];
};
