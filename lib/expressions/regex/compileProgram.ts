import { anchors } from './anchors.js';
import type { CharSet } from './charSet.js';
import { findFirstUnits, isAnchoredAtStart } from './firstUnits.js';
import {
  assert,
  capture,
  commit,
  jump,
  keepPosition,
  type Label,
  leaveIfEmpty,
  mark,
  reject,
  repeatCapture,
  restorePosition,
  split,
  takeRun,
  takeRunBehind,
  takeUnit,
  takeUnitBehind,
  unlessCaptured,
} from './instructions.js';
import type { Instruction } from './machine.js';
import type { ParsedPattern } from './parsePattern.js';
import { patternFault } from './patternFault.js';
import { canBeEmpty, type PatternNode } from './patternTree.js';

/** Counted loops are written out; a pattern that takes more than so many parts, empty ones included, is refused. */
const maxParts = 20_000;

/** A pattern as the machine runs it. */
export interface Program {
  readonly instructions: readonly Instruction[];
  /** Two for each group, then those that the instructions keep something in. */
  readonly registerCount: number;
  /** The units that a match can begin with; undefined where it may be empty or that is not known. */
  readonly firstUnits: CharSet | undefined;
  /** A match can only begin where the text does. */
  readonly isAnchored: boolean;
}

type LoopNode = Extract<PatternNode, { kind: 'loop' }>;

/** Turns a pattern's tree into instructions. Throws `EvaluationError` for a pattern that is too large. */
export function compileProgram({ tree, groups }: ParsedPattern): Program {
  const compiler = new ProgramCompiler(groups);
  compiler.compile(tree, false);
  return {
    instructions: compiler.instructions,
    registerCount: compiler.registerCount,
    firstUnits: findFirstUnits(tree),
    isAnchored: isAnchoredAtStart(tree),
  };
}

class ProgramCompiler {
  readonly instructions: Instruction[] = [];
  registerCount: number;
  private partCount = 0;

  constructor(private readonly groups: ParsedPattern['groups']) {
    this.registerCount = groups.size * 2;
  }

  /** `isBehind`: the instructions walk to the left, so the parts of a sequence come last to first. */
  compile(node: PatternNode, isBehind: boolean): void {
    this.partCount += 1;
    if (this.partCount > maxParts) throw patternFault(0, 'is too large with its counted loops written out');
    switch (node.kind) {
      case 'empty':
        return;
      case 'unit':
        this.emit(isBehind ? takeUnitBehind(node.set) : takeUnit(node.set));
        return;
      case 'sequence':
        for (const part of isBehind ? node.nodes.toReversed() : node.nodes) this.compile(part, isBehind);
        return;
      case 'choice':
        this.compileChoice(node.branches, isBehind);
        return;
      case 'loop':
        this.compileLoop(node, isBehind);
        return;
      case 'capture': {
        const register = this.takeRegister();
        this.emit(keepPosition(register));
        this.compile(node.body, isBehind);
        this.emit(capture(this.placeOf(node.group), register));
        return;
      }
      case 'atomic':
        this.compileCommitted(node.body, isBehind);
        return;
      case 'look':
        this.compileLook(node.body, node.direction === 'behind', node.isNegative);
        return;
      case 'backreference':
        this.emit(repeatCapture(this.placeOf(node.group), node.ignoresCase, isBehind));
        return;
      case 'anchor':
        this.emit(assert(anchors[node.at]));
        return;
      case 'groupCondition': {
        const toNo = createLabel();
        this.emit(unlessCaptured(this.placeOf(node.group), toNo));
        this.compileBranches(node.yes, node.no, toNo, isBehind);
        return;
      }
      case 'lookCondition':
        this.compileLookCondition(node, isBehind);
        return;
    }
  }

  private compileChoice(branches: readonly PatternNode[], isBehind: boolean): void {
    const end = createLabel();
    for (const [index, branch] of branches.entries()) {
      const isLast = index === branches.length - 1;
      const next = isLast ? end : this.emitSplit(false);
      this.compile(branch, isBehind);
      if (isLast) break;
      this.emit(jump(end));
      this.land(next);
    }
    this.land(end);
  }

  private compileLoop(loop: LoopNode, isBehind: boolean): void {
    const { body, isLazy, max, min } = loop;
    if (body.kind === 'unit' && !isLazy) {
      this.emit(isBehind ? takeRunBehind(body.set, min, max) : takeRun(body.set, min, max));
      return;
    }
    for (let round = 0; round < min; round += 1) this.compile(body, isBehind);
    if (Number.isFinite(max)) this.compileOptionalRounds(loop, max - min, isBehind);
    else this.compileEndlessRounds(loop, isBehind);
  }

  private compileOptionalRounds(loop: LoopNode, count: number, isBehind: boolean): void {
    const exits: Label[] = [];
    for (let round = 0; round < count; round += 1) exits.push(this.compileRound(loop, isBehind));
    for (const exit of exits) this.land(exit);
  }

  private compileEndlessRounds(loop: LoopNode, isBehind: boolean): void {
    const start = createLabel();
    this.land(start);
    const exit = this.compileRound(loop, isBehind);
    this.emit(jump(start));
    this.land(exit);
  }

  /** A round that may be left out. One that matches nothing ends the loop, and its captures stay. Returns the way out. */
  private compileRound({ body, isLazy }: LoopNode, isBehind: boolean): Label {
    const exit = this.emitSplit(isLazy);
    if (!canBeEmpty(body)) {
      this.compile(body, isBehind);
      return exit;
    }
    const register = this.takeRegister();
    this.emit(keepPosition(register));
    this.compile(body, isBehind);
    this.emit(leaveIfEmpty(register, exit));
    return exit;
  }

  private compileCommitted(body: PatternNode, isBehind: boolean): void {
    const register = this.takeRegister();
    this.emit(mark(register));
    this.compile(body, isBehind);
    this.emit(commit(register));
  }

  private compileLook(body: PatternNode, isBehind: boolean, isNegative: boolean): void {
    const register = this.takeRegister();
    if (isNegative) {
      this.emit(mark(register));
      const end = this.emitSplit(false);
      this.compile(body, isBehind);
      this.emit(reject(register));
      this.land(end);
      return;
    }
    this.emit(keepPosition(register));
    this.compileCommitted(body, isBehind);
    this.emit(restorePosition(register));
  }

  /** The test decides once: what follows it failing does not lead to the other branch. */
  private compileLookCondition(node: Extract<PatternNode, { kind: 'lookCondition' }>, isBehind: boolean): void {
    const [marked, kept] = [this.takeRegister(), this.takeRegister()];
    this.emit(mark(marked));
    this.emit(keepPosition(kept));
    const toNo = this.emitSplit(false);
    this.compile(node.test, false);
    this.emit(commit(marked));
    this.emit(restorePosition(kept));
    this.compileBranches(node.yes, node.no, toNo, isBehind);
  }

  private compileBranches(yes: PatternNode, no: PatternNode, toNo: Label, isBehind: boolean): void {
    const end = createLabel();
    this.compile(yes, isBehind);
    this.emit(jump(end));
    this.land(toNo);
    this.compile(no, isBehind);
    this.land(end);
  }

  /** Goes on behind itself first, or last where it is lazy; returns the other way, which is still to land. */
  private emitSplit(isLazy: boolean): Label {
    const next = { address: this.instructions.length + 1 };
    const other = createLabel();
    this.emit(isLazy ? split(other, next) : split(next, other));
    return other;
  }

  private emit(instruction: Instruction): void {
    this.instructions.push(instruction);
  }

  /** Makes a label point here. */
  private land(label: Label): void {
    label.address = this.instructions.length;
  }

  private takeRegister(): number {
    this.registerCount += 1;
    return this.registerCount - 1;
  }

  private placeOf(group: string): number {
    return this.groups.placeOf(group) ?? 0;
  }
}

function createLabel(): Label {
  return { address: -1 };
}
