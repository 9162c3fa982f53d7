import { toBoolean, toCollection, toInteger, toText } from './convert.js';
import type { Argument, Scope } from './evaluation.js';
import { EvaluationError, type EvaluationErrorCode } from './evaluationError.js';
import type { Call, ParameterDeclaration, ParameterType } from './functionDefinition.js';
import type { Collection, Value } from './values.js';

/** A read argument that makes the whole call null without calling the function. */
export const nullResult = Symbol('null result');
export type NullResult = typeof nullResult;

/** Gives an argument's value for one object in the form that the function works with. */
export type Read<T> = (scope: Scope) => T | NullResult;

/** A parameter: what it is called and how its argument becomes a `T`. */
export interface Parameter<T> extends ParameterDeclaration {
  /** Binds the argument at this position (all from here on, where the parameter repeats). */
  bind(list: readonly (Argument | undefined)[], call: Call): Read<T>;
}

interface ParameterOptions<T> {
  readonly key?: string;
  /** What a null argument counts as; without it null makes the whole call null. */
  readonly whenNull?: T;
  readonly words?: readonly string[];
  /** Keeps the last result for an unchanged argument, for readers that are dear (patterns, formats). */
  readonly remembers?: boolean;
}

/** A parameter with a reader of its own. `read` throws `EvaluationError`; for a constant argument that refuses the expression. */
export function parameterOf<T>(
  name: string,
  type: ParameterType,
  description: string,
  read: (value: Value) => T | NullResult,
  options: Pick<ParameterOptions<T>, 'key' | 'words' | 'remembers'> = {},
): Parameter<T> {
  const { key = name, words = [], remembers = false } = options;
  return {
    name,
    key,
    type,
    description,
    words,
    required: true,
    repeats: false,
    bind: ([argument], call) => {
      if (argument === undefined) return () => nullResult;
      return bindReader(argument, remembers ? remember(read) : read, call);
    },
  };
}

/** Constants are read once, here. */
function bindReader<T>(argument: Argument, read: (value: Value) => T | NullResult, call: Call): Read<T> {
  const { constant, evaluate } = argument;
  if (constant === undefined) return (scope) => read(evaluate(scope));
  try {
    const value = read(constant);
    return () => value;
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return bindUnreadable(argument, error, call);
  }
}

/** Faults in the expression itself, whatever the object. */
const refusedCodes: ReadonlySet<EvaluationErrorCode> = new Set<EvaluationErrorCode>([
  'InvalidRegex',
  'InvalidFormat',
  'InvalidDateStyles',
  'UnknownCulture',
  'UnknownWord',
]);

/** Any other unreadable constant is an error where it is evaluated: it may stand in a branch that is never taken. */
function bindUnreadable<T>({ node }: Argument, error: EvaluationError, { report, node: { name } }: Call): Read<T> {
  const message = `${name}: ${error.message}`;
  if (refusedCodes.has(error.code)) report.refuse(node, 'InvalidArgument', message);
  else report.warn(node, 'InvalidConstant', message);
  return () => {
    throw error;
  };
}

/** Keeps the last result for an unchanged value. */
function remember<T>(read: (value: Value) => T): (value: Value) => T {
  let last: { readonly value: Value; readonly result: T } | undefined;
  return (value) => {
    if (last?.value !== value) last = { value, result: read(value) };
    return last.result;
  };
}

export function text(name: string, description: string, options: ParameterOptions<string> = {}): Parameter<string> {
  const whenNull = options.whenNull ?? nullResult;
  return parameterOf(name, 'String', description, (value) => toText(value) ?? whenNull, options);
}

export function integer(name: string, description: string, options: ParameterOptions<bigint> = {}): Parameter<bigint> {
  const { whenNull } = options;
  const read = (value: Value) => (value === null && whenNull !== undefined ? whenNull : toInteger(value));
  return parameterOf(name, 'Integer', description, read, options);
}

export function boolean(name: string, description: string): Parameter<boolean> {
  return parameterOf(name, 'Boolean', description, toBoolean);
}

/** A single value is a collection of one. */
export function collection(
  name: string,
  description: string,
  options: ParameterOptions<Collection> = {},
): Parameter<Collection> {
  const whenNull = options.whenNull ?? nullResult;
  const read = (value: Value) => (value === null ? whenNull : toCollection(value));
  return parameterOf(name, 'Collection', description, read, options);
}

/** Any value, null included. */
export function any(
  name: string,
  description: string,
  options: Pick<ParameterOptions<Value>, 'key'> = {},
): Parameter<Value> {
  return parameterOf<Value>(name, 'Any', description, (value) => value, options);
}

/** One of the bare words listed. */
export function word<const W extends string>(name: string, description: string, words: readonly W[]): Parameter<W> {
  const read = (value: Value) => {
    const found = words.find((candidate) => candidate === value);
    if (found !== undefined) return found;
    throw new EvaluationError('UnknownWord', `${name} must be one of ${words.join(', ')}`);
  };
  return parameterOf(name, 'Word', description, read, { words });
}

/** The argument may be omitted: the function then gets undefined, as for an argument that has no value. */
export function optional<T>(parameter: Parameter<T>): Parameter<T | undefined> {
  return {
    ...parameter,
    required: false,
    bind: (list, call) => {
      if (list[0] === undefined) return () => undefined;
      const read = parameter.bind(list, call);
      return (scope) => {
        const value = read(scope);
        return value === nullResult ? undefined : value;
      };
    },
  };
}

/** The function gets what reads the argument, and evaluates it only where it needs it. */
export function lazily<T>(parameter: Parameter<T>): Parameter<() => T | NullResult> {
  return {
    ...parameter,
    bind: (list, call) => {
      const read = parameter.bind(list, call);
      return (scope) => () => read(scope);
    },
  };
}

/** The last parameter, given once or more; the function gets all of them. */
export function repeated<T>(parameter: Parameter<T>): Parameter<readonly T[]> {
  return {
    ...parameter,
    repeats: true,
    bind: (list, call) => {
      const reads = list.map((argument) => parameter.bind([argument], call));
      return (scope) => {
        const values: T[] = [];
        for (const read of reads) {
          const value = read(scope);
          if (value === nullResult) return nullResult;
          values.push(value);
        }
        return values;
      };
    },
  };
}
