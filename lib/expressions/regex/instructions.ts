import { lowerText } from '../text/casing.js';
import { entry } from './backtrackStack.js';
import { type CharSet, holdsUnit } from './charSet.js';
import { type Instruction, type Machine, setRegister, spendSteps, unwind } from './machine.js';

/** An address that may become known only after the instruction that goes there was made. */
export interface Label {
  address: number;
}

export function takeUnit(set: CharSet): Instruction {
  return (machine) => {
    if (machine.position >= machine.text.length) return false;
    if (!holdsUnit(set, machine.text.charCodeAt(machine.position))) return false;
    machine.position += 1;
    return goOn(machine);
  };
}

export function takeUnitBehind(set: CharSet): Instruction {
  return (machine) => {
    if (machine.position === 0) return false;
    if (!holdsUnit(set, machine.text.charCodeAt(machine.position - 1))) return false;
    machine.position -= 1;
    return goOn(machine);
  };
}

/** As many units of a set as there are, at least `min`; a failure gives back one after the other. */
export function takeRun(set: CharSet, min: number, max: number): Instruction {
  return (machine) => {
    const { position, text } = machine;
    const limit = Math.min(text.length, position + max);
    let end = position;
    while (end < limit && holdsUnit(set, text.charCodeAt(end))) end += 1;
    spendSteps(machine, end - position);
    if (end - position < min) return false;
    if (end > position + min) machine.stack.push(end, position + min, entry.run, machine.next + 1);
    machine.position = end;
    return goOn(machine);
  };
}

export function takeRunBehind(set: CharSet, min: number, max: number): Instruction {
  return (machine) => {
    const { position, text } = machine;
    const limit = Math.max(0, position - max);
    let end = position;
    while (end > limit && holdsUnit(set, text.charCodeAt(end - 1))) end -= 1;
    spendSteps(machine, position - end);
    if (position - end < min) return false;
    if (end < position - min) machine.stack.push(end, position - min, entry.runBehind, machine.next + 1);
    machine.position = end;
    return goOn(machine);
  };
}

/** Goes to the first address, and after a failure to the second. */
export function split(first: Label, second: Label): Instruction {
  return (machine) => {
    machine.stack.push(machine.position, 0, entry.way, second.address);
    machine.next = first.address;
    return true;
  };
}

export function jump(to: Label): Instruction {
  return (machine) => {
    machine.next = to.address;
    return true;
  };
}

export function keepPosition(register: number): Instruction {
  return (machine) => {
    setRegister(machine, register, machine.position);
    return goOn(machine);
  };
}

export function restorePosition(register: number): Instruction {
  return (machine) => {
    machine.position = machine.registers[register] ?? 0;
    return goOn(machine);
  };
}

/** The group has captured what lies between the kept position and here, in whichever direction. */
export function capture(group: number, register: number): Instruction {
  return (machine) => {
    const kept = machine.registers[register] ?? 0;
    setRegister(machine, group * 2, Math.min(kept, machine.position));
    setRegister(machine, group * 2 + 1, Math.max(kept, machine.position));
    return goOn(machine);
  };
}

/** Leaves a loop whose last round has matched nothing. */
export function leaveIfEmpty(register: number, to: Label): Instruction {
  return (machine) => {
    if (machine.registers[register] !== machine.position) return goOn(machine);
    machine.next = to.address;
    return true;
  };
}

export function assert(holds: (text: string, position: number, searchStart: number) => boolean): Instruction {
  return (machine) => holds(machine.text, machine.position, machine.searchStart) && goOn(machine);
}

/** The text that a group has captured, once more; fails where it has captured nothing. */
export function repeatCapture(group: number, ignoresCase: boolean, isBehind: boolean): Instruction {
  return (machine) => {
    const { position, registers, text } = machine;
    const start = registers[group * 2] ?? -1;
    if (start < 0) return false;
    const captured = text.slice(start, registers[group * 2 + 1]);
    spendSteps(machine, captured.length);
    const from = isBehind ? position - captured.length : position;
    if (from < 0) return false;
    const found = text.slice(from, from + captured.length);
    if (found !== captured && !(ignoresCase && lowerText(found) === lowerText(captured))) return false;
    machine.position = isBehind ? from : position + captured.length;
    return goOn(machine);
  };
}

/** Keeps the height of the stack. */
export function mark(register: number): Instruction {
  return (machine) => {
    setRegister(machine, register, machine.stack.height);
    return goOn(machine);
  };
}

/** Forgets the other ways since the mark. */
export function commit(register: number): Instruction {
  return (machine) => {
    const height = machine.registers[register] ?? 0;
    spendSteps(machine, (machine.stack.height - height) / 3);
    machine.stack.commit(height);
    return goOn(machine);
  };
}

/** Undoes everything since the mark, and fails. */
export function reject(register: number): Instruction {
  return (machine) => {
    unwind(machine, machine.registers[register] ?? 0);
    return false;
  };
}

export function unlessCaptured(group: number, to: Label): Instruction {
  return (machine) => {
    machine.next = (machine.registers[group * 2] ?? -1) < 0 ? to.address : machine.next + 1;
    return true;
  };
}

function goOn(machine: Machine): true {
  machine.next += 1;
  return true;
}
