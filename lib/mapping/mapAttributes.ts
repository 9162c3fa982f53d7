import type { Attributes } from '../expressions/attributes.js';
import type { EvaluationContext } from '../expressions/evaluation.js';
import { flowOnUpdate } from './attributeFlow.js';
import type { CompiledAttribute } from './compileAttributeMapping.js';
import type { IsTaken, MappedObject, MappingFault, ReadCurrent } from './compiled.js';
import type { JsonValue } from './json.js';
import { isEmptyValue } from './sameValue.js';
import { convertToTarget } from './targetValue.js';

/** What one mapping gives before flow types: a typed value, null, or undefined for "leave it out altogether". */
type Evaluated = { readonly value: JsonValue | undefined } | { readonly fault: MappingFault };

/** Turns what one mapping evaluated to into what is sent; undefined sends nothing. */
type Flow = (attribute: CompiledAttribute, value: JsonValue) => JsonValue | undefined;

export interface MappingRun {
  readonly attributes: Attributes;
  readonly context: EvaluationContext;
  readonly isTaken?: IsTaken | undefined;
}

const contextFor = ({ source, target }: CompiledAttribute, { context, isTaken }: MappingRun): EvaluationContext =>
  source.isUnique && isTaken !== undefined
    ? { ...context, isTaken: (candidate) => isTaken(target.path, candidate) }
    : context;

const evaluate = (attribute: CompiledAttribute, run: MappingRun): Evaluated => {
  const { target, source } = attribute;
  const outcome = source.evaluate(run.attributes, contextFor(attribute, run));
  switch (outcome.kind) {
    case 'null':
      return { value: null };
    case 'ignored':
      return { value: undefined };
    case 'error':
      return {
        fault: { path: target.path, code: outcome.code, message: `Mapping to ${target.path}: ${outcome.message}` },
      };
    case 'value': {
      const conversion = convertToTarget(outcome.value, target);
      if (conversion.kind === 'value') return { value: conversion.value };
      const message = `Mapping to ${target.path}: its result is not ${conversion.expected}`;
      return { fault: { path: target.path, code: 'ValueNotConvertible', message } };
    }
  }
};

/**
 * Of a reference that nobody has resolved (`undefined`, where null is "none") nothing is known: it flows later, and
 * neither its default nor its absence says anything.
 */
const isUnresolved = ({ reference }: CompiledAttribute, { attributes }: MappingRun): boolean =>
  reference !== null && attributes[reference] === undefined;

const mapWith = (attributes: readonly CompiledAttribute[], run: MappingRun, flow: Flow): MappedObject => {
  const values: Record<string, JsonValue> = {};
  const faults: MappingFault[] = [];
  for (const attribute of attributes) {
    if (isUnresolved(attribute, run)) continue;
    const evaluated = evaluate(attribute, run);
    if ('fault' in evaluated) {
      faults.push(evaluated.fault);
      continue;
    }
    const sent = evaluated.value === undefined ? undefined : flow(attribute, evaluated.value);
    if (sent !== undefined) values[attribute.target.path] = sent;
  }
  return { values, faults };
};

const orNothing = (value: JsonValue): JsonValue | undefined => (value === null ? undefined : value);

/** Every flow type flows, and a null result takes the default. */
export const mapForCreate = (attributes: readonly CompiledAttribute[], run: MappingRun): MappedObject =>
  mapWith(attributes, run, (attribute, value) => orNothing(value ?? attribute.defaultValue));

/** Values alone: neither defaults nor flow types. */
export const mapPlainly = (attributes: readonly CompiledAttribute[], run: MappingRun): MappedObject =>
  mapWith(attributes, run, (_, value) => orNothing(value));

/** A mapping without a source fills an empty target and leaves any other alone. */
const fillEmpty = ({ defaultValue }: CompiledAttribute, current: JsonValue | undefined): JsonValue | undefined =>
  current !== undefined && isEmptyValue(current) ? orNothing(defaultValue) : undefined;

/** What was asked for before, as it flows over what the target holds now; undefined where nothing does. */
export const flowOver = (attribute: CompiledAttribute, value: JsonValue, current: JsonValue): JsonValue | undefined => {
  if (!attribute.hasSource) return isEmptyValue(current) && !isEmptyValue(value) ? value : undefined;
  if (value === null) return attribute.flowsNull ? null : undefined;
  return flowOnUpdate(value, attribute.flowType, attribute.target, current);
};

/**
 * A null result is skipped and the target's value stays, unless the mapping says that it is to be cleared. What flows on
 * creation only is not evaluated: its faults are no business of an update.
 */
export const mapForUpdate = (
  attributes: readonly CompiledAttribute[],
  run: MappingRun,
  current: ReadCurrent,
): MappedObject => {
  const flow: Flow = (attribute, value) => {
    const { path } = attribute.target;
    const held = attribute.dependsOnCurrent ? current(path) : undefined;
    if (!attribute.hasSource) return fillEmpty(attribute, held);
    if (value === null) return attribute.flowsNull ? null : undefined;
    return flowOnUpdate(value, attribute.flowType, attribute.target, held);
  };
  return mapWith(
    attributes.filter(({ flowType }) => flowType !== 'ObjectAddOnly'),
    run,
    flow,
  );
};
