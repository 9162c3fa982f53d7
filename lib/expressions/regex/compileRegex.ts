import { EvaluationError } from '../evaluationError.js';
import { BacktrackStack } from './backtrackStack.js';
import { holdsUnit } from './charSet.js';
import { compileProgram, type Program } from './compileProgram.js';
import type { GroupIndex } from './groupRegister.js';
import { type Machine, runFrom, spendSteps } from './machine.js';
import { parsePattern } from './parsePattern.js';
import type { StepBudget } from './stepBudget.js';

/** The longest pattern that is read: as long as an expression may be. */
const maxPatternLength = 10_000;

/** Where a match or a group's last capture lies: `start` inclusive, `end` exclusive. */
export interface Capture {
  readonly start: number;
  readonly end: number;
}

/** One match: its captures by the groups' places; the first is the match itself, a group that took no part is undefined. */
export type RegexMatch = readonly [Capture, ...(Capture | undefined)[]];

/** A .NET regular expression, compiled. */
export interface Regex {
  readonly groups: GroupIndex;
  /** All matches from left to right. Throws `EvaluationError` with code `RegexBudget` once the budget is spent. */
  findMatches(text: string, budget: StepBudget): Iterable<RegexMatch>;
}

/** Compiles a pattern with .NET's default options. Throws `EvaluationError` with code `InvalidRegex`. */
export function compileRegex(pattern: string): Regex {
  if (pattern.length > maxPatternLength) {
    throw new EvaluationError('InvalidRegex', `The regular expression is longer than ${maxPatternLength} characters`);
  }
  const parsed = parsePattern(pattern);
  const program = compileProgram(parsed);
  return {
    groups: parsed.groups,
    findMatches: (text, budget) => findMatches(program, parsed.groups.size, text, budget),
  };
}

function* findMatches(program: Program, groupCount: number, text: string, budget: StepBudget): Generator<RegexMatch> {
  const machine: Machine = {
    text,
    budget,
    registers: new Int32Array(program.registerCount),
    stack: new BacktrackStack(),
    searchStart: 0,
    position: 0,
    next: 0,
  };
  let from = 0;
  while (from <= text.length) {
    const match = findMatch(program, groupCount, machine, from);
    if (match === undefined) return;
    yield match;
    const [{ start, end }] = match;
    machine.searchStart = end;
    from = end > start ? end : end + 1;
  }
}

function findMatch(program: Program, groupCount: number, machine: Machine, from: number): RegexMatch | undefined {
  const { firstUnits, instructions, isAnchored } = program;
  const { text } = machine;
  const last = isAnchored ? 0 : text.length;
  for (let start = from; start <= last; start += 1) {
    if (firstUnits !== undefined && !(start < text.length && holdsUnit(firstUnits, text.charCodeAt(start)))) {
      spendSteps(machine, 1);
      continue;
    }
    const end = runFrom(machine, instructions, start);
    if (end >= 0) return readCaptures(machine.registers, groupCount, { start, end });
  }
  return undefined;
}

function readCaptures(registers: Int32Array, groupCount: number, whole: Capture): RegexMatch {
  const match: [Capture, ...(Capture | undefined)[]] = [whole];
  for (let group = 1; group < groupCount; group += 1) {
    const [start = -1, end = -1] = [registers[group * 2], registers[group * 2 + 1]];
    match.push(start < 0 ? undefined : { start, end });
  }
  return match;
}
