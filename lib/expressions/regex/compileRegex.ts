import { EvaluationError } from '../evaluationError.js';
import { BacktrackStack } from './backtrackStack.js';
import { type CharSet, holdsUnit } from './charSet.js';
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
  /** The first match that begins at `from` or behind. Throws `EvaluationError` with code `RegexBudget` once the budget is spent. */
  findMatch(text: string, from: number, budget: StepBudget): RegexMatch | undefined;
  /** As `findMatch` for the text behind a match: an empty one moves the search on by one unit. */
  findNextMatch(text: string, after: RegexMatch, budget: StepBudget): RegexMatch | undefined;
  /** All matches from left to right, each searched for when it is asked for. */
  findMatches(text: string, budget: StepBudget): Iterable<RegexMatch>;
}

/** Compiles a pattern with .NET's default options. Throws `EvaluationError` with code `InvalidRegex`. */
export function compileRegex(pattern: string): Regex {
  if (pattern.length > maxPatternLength) {
    throw new EvaluationError('InvalidRegex', `The regular expression is longer than ${maxPatternLength} characters`);
  }
  const { groups, ...parsed } = parsePattern(pattern);
  const program = compileProgram({ groups, ...parsed });
  const search = createSearch(program, groups.size);
  const findMatch: Regex['findMatch'] = (text, from, budget) => search(text, from, from, budget);
  const findNextMatch: Regex['findNextMatch'] = (text, [{ start, end }], budget) =>
    search(text, end > start ? end : end + 1, end, budget);
  return {
    groups,
    findMatch,
    findNextMatch,
    findMatches: function* (text, budget) {
      let match = findMatch(text, 0, budget);
      for (; match !== undefined; match = findNextMatch(text, match, budget)) yield match;
    },
  };
}

type Search = (text: string, from: number, searchStart: number, budget: StepBudget) => RegexMatch | undefined;

const noText = '';
const noBudget: StepBudget = { left: 0 };

/** A search ends before the next one begins, so all use one machine. It keeps neither text nor budget. */
function createSearch(program: Program, groupCount: number): Search {
  let machine: Machine | undefined;
  return (text, from, searchStart, budget) => {
    machine ??= createMachine(program);
    machine.text = text;
    machine.budget = budget;
    machine.searchStart = searchStart;
    try {
      return findMatch(program, groupCount, machine, from);
    } finally {
      machine.text = noText;
      machine.budget = noBudget;
    }
  };
}

function createMachine({ registerCount }: Program): Machine {
  return {
    text: noText,
    budget: noBudget,
    registers: new Int32Array(registerCount),
    stack: new BacktrackStack(),
    searchStart: 0,
    position: 0,
    next: 0,
  };
}

function findMatch(program: Program, groupCount: number, machine: Machine, from: number): RegexMatch | undefined {
  const { firstUnits, instructions, isAnchored } = program;
  const { text } = machine;
  const last = isAnchored ? 0 : text.length;
  for (let start = from; start <= last; start += 1) {
    if (firstUnits !== undefined) {
      start = skipToUnit(machine, firstUnits, start);
      if (start >= text.length || start > last) return undefined;
    }
    const end = runFrom(machine, instructions, start);
    if (end >= 0) return readCaptures(machine, groupCount, { start, end });
  }
  return undefined;
}

function skipToUnit(machine: Machine, units: CharSet, from: number): number {
  const { text } = machine;
  let at = from;
  while (at < text.length && !holdsUnit(units, text.charCodeAt(at))) at += 1;
  spendSteps(machine, at - from);
  return at;
}

function readCaptures(machine: Machine, groupCount: number, whole: Capture): RegexMatch {
  const { registers } = machine;
  spendSteps(machine, groupCount);
  const match: [Capture, ...(Capture | undefined)[]] = [whole];
  for (let group = 1; group < groupCount; group += 1) {
    const start = registers[group * 2] ?? -1;
    match.push(start < 0 ? undefined : { start, end: registers[group * 2 + 1] ?? -1 });
  }
  return match;
}
