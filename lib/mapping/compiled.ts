import type { Attributes } from '../expressions/attributes.js';
import type { JsonObject, JsonValue } from './json.js';

/** Why one attribute mapping gave no value. `code` is stable; the message names mapping and position, never a value. */
export interface MappingFault {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/**
 * What the mappings make of one full source object. Null results and ignored outcomes are not among the values, save
 * on update the null of a mapping that says `flowNullValues`: it asks to clear the target's value.
 */
export interface MappedObject {
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly faults: readonly MappingFault[];
}

/**
 * The scoping filters' answer, with the evaluated clause in words ("department = 'HR', wanted EQUALS 'Sales'"). With a
 * fault nothing was found out (a pattern took too many steps): `passed` is false and says nothing about scope.
 */
export interface FilterVerdict {
  readonly passed: boolean;
  readonly detail: string;
  readonly fault: MappingFault | null;
}

export interface AttributeDifference {
  readonly path: string;
  readonly old: JsonValue | undefined;
  readonly new: JsonValue;
}

/** Reads what the target holds at a path: undefined where that is not known, null where it is known to hold nothing. */
export type ReadCurrent = (path: string) => JsonValue | undefined;

/** Whether the target holds `value` at `path` already: asked by `SelectUniqueValue` for each of its candidates. */
export type IsTaken = (path: string, value: string) => boolean;

/** A target attribute that holds another object's id: `attributes[source]` must be that object's target id. */
export interface ReferenceMapping {
  readonly path: string;
  readonly source: string;
}

/** One object mapping, compiled once per schema version and then only called. */
export interface CompiledMapping {
  /** Equal for mappings that mean the same. */
  readonly schemaVersion: string;
  /** Source attributes that mappings and filters read, computed ones included. */
  readonly sourceAttributes: readonly string[];
  /** Matching target paths, lowest priority number first. */
  readonly matching: readonly { readonly path: string }[];
  readonly actions: { readonly add: boolean; readonly update: boolean; readonly delete: boolean };
  /** Target paths that a create must have. */
  readonly required: readonly string[];
  /** Whether `active` is mapped: without it nothing is ever disabled. */
  readonly mapsActive: boolean;
  /** Mappings from another object, which flow once that object has a link. */
  readonly references: readonly ReferenceMapping[];
  /** Target paths whose flow type asks what the target holds: while `current` says "not known" they do not flow. */
  readonly dependsOnCurrent: readonly string[];
  /** Target paths whose value a null result clears on update; an account just made holds nothing there. */
  readonly clears: readonly string[];
  /** Target paths of `SelectUniqueValue`: a create must ask the target whether a candidate is taken. */
  readonly unique: readonly string[];
  /** Target path → the source attributes that its mapping reads. */
  readonly readBy: Readonly<Record<string, readonly string[]>>;
  /** Source attributes that scoping filters read. */
  readonly filterAttributes: readonly string[];
  /** Target paths whose mapping calls `Redact`: logs show `[Redact]` in place of their values. */
  readonly redacted: readonly string[];
  /** Ids, in small letters, of groups that filters ask membership of: `memberOf` must be known of these. */
  readonly filterGroups: readonly string[];
  evaluateFilters(attributes: Attributes): FilterVerdict;
  /** `scope.inputFilterGroups`: what does not pass is not read at all, neither provisioned nor ever removed. */
  evaluateInputFilters(attributes: Attributes): FilterVerdict;
  /** `create`: defaults apply and every flow type flows. `nowMs` is one instant for the whole object. */
  mapForCreate(attributes: Attributes, nowMs: number, isTaken?: IsTaken): MappedObject;
  /** `current` reads what the target holds, for flow types that depend on it. */
  mapForUpdate(attributes: Attributes, current: ReadCurrent, nowMs: number): MappedObject;
  /** The matching mappings alone, whatever their flow type, without defaults: what to look an account up by. */
  mapMatching(attributes: Attributes, nowMs: number): MappedObject;
  /** Only the mappings whose sole source is IsSoftDeleted: of a removed object only the id is known. */
  mapRemoved(): MappedObject;
  /**
   * Differences by the attributes' own comparison: a change of case alone counts only where `caseExact`. Values of
   * mappings with `FlowAlways` travel with any difference, and make none by themselves.
   */
  findDifferences(wanted: Readonly<Record<string, JsonValue>>, known: ReadCurrent): readonly AttributeDifference[];
  /**
   * What an update would put over `current` where `value` was asked for before; undefined where nothing flows any more:
   * the path is not mapped, flows on creation only, or was added once and is the target's since.
   */
  flowOver(path: string, value: JsonValue, current: JsonValue): JsonValue | undefined;
  /** The value at a target path in a SCIM resource, typed as its definition says; undefined where it is not there. */
  readTargetPath(resource: JsonObject, path: string): JsonValue | undefined;
}
