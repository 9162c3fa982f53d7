import type { Argument, Evaluate } from './evaluation.js';
import type { Report } from './report.js';
import type { CallNode } from './syntaxTree.js';

export type ParameterType = 'String' | 'Integer' | 'Boolean' | 'DateTime' | 'Collection' | 'Word' | 'Any';
export type ResultType = Exclude<ParameterType, 'Word'>;

/** What help, validation and Graph's function schema say of a parameter. */
export interface ParameterDeclaration {
  readonly name: string;
  /** The parameter's name in Graph's parse tree. */
  readonly key: string;
  readonly type: ParameterType;
  readonly description: string;
  readonly required: boolean;
  /** It and the other repeating parameters, which come last, may occur again and again as a group. */
  readonly repeats: boolean;
  /** The bare words that may stand here. */
  readonly words: readonly string[];
}

/**
 * Where a function is described: Microsoft's page of functions, the page on customising attributes, the cloud sync copy, or Graph's
 * list of functions alone.
 */
export type FunctionOrigin = 'functions' | 'customization' | 'cloudSync' | 'graph';

/** A call with its arguments compiled; an omitted argument is undefined. */
export interface Call {
  readonly node: CallNode;
  readonly arguments: readonly (Argument | undefined)[];
  readonly report: Report;
}

/** One function, declared once: validation, help and evaluation all read this. */
export interface FunctionDefinition {
  readonly name: string;
  readonly summary: string;
  readonly origin: FunctionOrigin;
  readonly parameters: readonly ParameterDeclaration[];
  /** How often the repeating parameters must occur at least. */
  readonly minRepeats: number;
  readonly result: ResultType;
  /** Puts the arguments of an older documented form into the positions of `parameters`. */
  readonly rearrange?: (node: CallNode) => CallNode;
  /** Turns a call whose number of arguments is right into a closure; faults go to the report. */
  compile(call: Call): Evaluate;
}

/** A form decides itself which arguments it evaluates, and when. */
export function defineForm(
  declaration: Omit<FunctionDefinition, 'origin' | 'minRepeats'> &
    Partial<Pick<FunctionDefinition, 'origin' | 'minRepeats'>>,
): FunctionDefinition {
  return { origin: 'functions', minRepeats: 1, ...declaration };
}
