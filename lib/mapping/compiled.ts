import type { Attributes } from '../expressions/attributes.js';
import type { JsonObject, JsonValue } from './json.js';

/** Why one attribute mapping gave no value. `code` is stable; the message names mapping and position, never a value. */
export interface MappingFault {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** What the mappings make of one full source object. Null results and ignored outcomes are not among the values. */
export interface MappedObject {
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly faults: readonly MappingFault[];
}

/** The scoping filters' answer, with the evaluated clause in words ("department = 'HR', wanted EQUALS 'Sales'"). */
export interface FilterVerdict {
  readonly passed: boolean;
  readonly detail: string;
}

export interface AttributeDifference {
  readonly path: string;
  readonly old: JsonValue | undefined;
  readonly new: JsonValue;
}

/** One object mapping, compiled once per schema version and then only called. */
export interface CompiledMapping {
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
  evaluateFilters(attributes: Attributes): FilterVerdict;
  /** `create`: defaults apply and every flow type flows. `nowMs` is one instant for the whole object. */
  mapForCreate(attributes: Attributes, nowMs: number): MappedObject;
  /** `current` reads what the target holds (undefined: not known), for flow types that depend on it. */
  mapForUpdate(attributes: Attributes, current: (path: string) => JsonValue | undefined, nowMs: number): MappedObject;
  /** Only the mappings whose sole source is IsSoftDeleted: of a removed object only the id is known. */
  mapRemoved(): MappedObject;
  /** Differences by the attributes' own comparison: a change of case alone counts only where `caseExact`. */
  findDifferences(
    wanted: Readonly<Record<string, JsonValue>>,
    known: (path: string) => JsonValue | undefined,
  ): readonly AttributeDifference[];
  /** The value at a target path in a SCIM resource; undefined where it is not there. */
  readTargetPath(resource: JsonObject, path: string): JsonValue | undefined;
}
