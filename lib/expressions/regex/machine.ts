import { type BacktrackStack, entry } from './backtrackStack.js';
import { budgetSpent, type StepBudget } from './stepBudget.js';

/**
 * The state of one search, used for one after the other. Registers hold two places for each group (start and end, -1: none), then what
 * instructions keep.
 */
export interface Machine {
  readonly registers: Int32Array;
  readonly stack: BacktrackStack;
  text: string;
  budget: StepBudget;
  /** Where the search for this match began (`\G`). */
  searchStart: number;
  position: number;
  /** The address of the next instruction. */
  next: number;
}

/** One step of a match: it sets `position` and `next`, or returns false for a failure. */
export type Instruction = (machine: Machine) => boolean;

/**
 * Runs instructions from one position, depth first, until they end. The stack is the machine's own, so neither the text's length nor the
 * pattern's shape reaches that of JavaScript. Returns the end of the match, or -1. Throws `EvaluationError` with code `RegexBudget`.
 */
export function runFrom(machine: Machine, instructions: readonly Instruction[], start: number): number {
  machine.position = start;
  machine.next = 0;
  machine.registers.fill(-1);
  machine.stack.clear();
  for (;;) {
    spendSteps(machine, 1);
    const instruction = instructions[machine.next];
    if (instruction === undefined) return machine.position;
    if (!instruction(machine) && !backtrack(machine)) return -1;
  }
}

export function spendSteps({ budget }: Machine, count: number): void {
  budget.left -= count;
  if (budget.left < 0) throw budgetSpent();
}

/** Sets a register so that a failure sets it back. */
export function setRegister({ registers, stack }: Machine, register: number, value: number): void {
  stack.push(registers[register] ?? -1, 0, entry.undo, register);
  registers[register] = value;
}

/** Undoes registers and drops ways until the stack is no higher than `height`. */
export function unwind({ registers, stack }: Machine, height: number): void {
  while (stack.height > height) {
    stack.height -= 3;
    const target = stack.words[stack.height + 2] ?? 0;
    if (target % 4 === entry.undo) registers[target >> 2] = stack.words[stack.height] ?? -1;
  }
}

/** Goes back to the last other way; false where there is none. */
function backtrack(machine: Machine): boolean {
  const { registers, stack } = machine;
  while (stack.height > 0) {
    stack.height -= 3;
    const first = stack.words[stack.height] ?? 0;
    const second = stack.words[stack.height + 1] ?? 0;
    const target = stack.words[stack.height + 2] ?? 0;
    const kind = target % 4;
    if (kind === entry.undo) {
      registers[target >> 2] = first;
      continue;
    }
    machine.position = kind === entry.way ? first : giveBack(stack, kind, first, second, target >> 2);
    machine.next = target >> 2;
    return true;
  }
  return false;
}

/** Makes a run one unit shorter, and keeps the rest of it for the next failure. */
function giveBack(stack: BacktrackStack, kind: number, from: number, limit: number, target: number): number {
  const position = kind === entry.run ? from - 1 : from + 1;
  if (position !== limit) stack.push(position, limit, kind, target);
  return position;
}
