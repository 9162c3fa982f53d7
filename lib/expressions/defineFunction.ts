import { itemToText, toText } from './convert.js';
import type { Argument, Evaluate, Scope } from './evaluation.js';
import type { Call, FunctionDefinition } from './functionDefinition.js';
import { limitText } from './limits.js';
import { nullResult, type Parameter, type Read } from './parameters.js';
import { isCollection, type Value } from './values.js';

type Values<P extends readonly Parameter<unknown>[]> = {
  readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
};

interface Declaration<P extends readonly Parameter<unknown>[]>
  extends Omit<FunctionDefinition, 'parameters' | 'compile' | 'origin' | 'minRepeats'>,
    Partial<Pick<FunctionDefinition, 'origin' | 'minRepeats'>> {
  readonly parameters: P;
  /** A collection as first argument is worked on value by value and gives a collection. */
  readonly mapsOver?: 'first';
  /** Faults that constants reveal when the expression is saved. */
  readonly check?: (call: Call) => void;
  /** Called with every argument evaluated and read, in the order of `parameters`. */
  readonly evaluate: (values: Values<P>, scope: Scope) => Value;
}

/** A function of which all arguments are evaluated, left to right, and read by their parameters before it is called. */
export function defineFunction<const P extends readonly Parameter<unknown>[]>(
  declaration: Declaration<P>,
): FunctionDefinition {
  const { check, evaluate, mapsOver, parameters, ...rest } = declaration;
  const compile = (call: Call): Evaluate => {
    check?.(call);
    const list = call.arguments;
    if (mapsOver === undefined) return bindAll(parameters, list, call, evaluate);
    return compileOverValues(list, (first) => bindAll(parameters, [first, ...list.slice(1)], call, evaluate));
  };
  return { origin: 'functions', minRepeats: 1, ...rest, parameters, compile };
}

function bindAll<P extends readonly Parameter<unknown>[]>(
  parameters: P,
  list: Call['arguments'],
  call: Call,
  evaluate: (values: Values<P>, scope: Scope) => Value,
): Evaluate {
  const reads: Read<unknown>[] = parameters.map((parameter, index) =>
    parameter.bind(parameter.repeats ? list.slice(index) : list.slice(index, index + 1), call),
  );
  // The readers were bound from `parameters`, position by position.
  const apply = (values: unknown[], scope: Scope): Value => {
    const value = evaluate(values as unknown as Values<P>, scope);
    return typeof value === 'string' ? limitText(value, scope.limits) : value;
  };
  return bindReads(reads, apply);
}

/** The usual numbers of arguments without a loop. */
function bindReads(reads: readonly Read<unknown>[], apply: (values: unknown[], scope: Scope) => Value): Evaluate {
  const [first, second] = reads;
  if (reads.length === 1 && first !== undefined) {
    return (scope) => {
      const value = first(scope);
      return value === nullResult ? null : apply([value], scope);
    };
  }
  if (reads.length === 2 && first !== undefined && second !== undefined) {
    return (scope) => {
      const left = first(scope);
      if (left === nullResult) return null;
      const right = second(scope);
      return right === nullResult ? null : apply([left, right], scope);
    };
  }
  return (scope) => {
    const values: unknown[] = [];
    for (const read of reads) {
      const value = read(scope);
      if (value === nullResult) return null;
      values.push(value);
    }
    return apply(values, scope);
  };
}

/** Hands each value of a collection to the same closure through one slot; evaluation never enters a call twice at once. */
function compileOverValues(list: Call['arguments'], compile: (first: Argument | undefined) => Evaluate): Evaluate {
  const [first] = list;
  if (first === undefined || first.constant !== undefined) return compile(first);
  let current: Value = null;
  const evaluateOne = compile({ ...first, evaluate: () => current });
  return (scope) => {
    const source = first.evaluate(scope);
    if (!isCollection(source)) {
      current = source;
      return evaluateOne(scope);
    }
    return source.map((item) => {
      current = itemToText(item);
      return toText(evaluateOne(scope)) ?? '';
    });
  };
}
