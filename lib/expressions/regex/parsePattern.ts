import { anyButLineFeed, anyUnit, isBoundaryWordUnit, unitSet } from './charSet.js';
import { createGroupRegister, type GroupIndex, type GroupRegister } from './groupRegister.js';
import { parseClass, parseShorthand } from './parseClass.js';
import { parseUnitEscape } from './parseEscape.js';
import { parseQuantifier } from './parseQuantifier.js';
import { patternFault } from './patternFault.js';
import { applyOptions, defaultOptions, type PatternOptions } from './patternOptions.js';
import { PatternReader } from './patternReader.js';
import type { AnchorKind, PatternNode } from './patternTree.js';

const maxDepth = 200;
const empty: PatternNode = { kind: 'empty' };
const escapedAnchors: Readonly<Record<string, AnchorKind>> = {
  A: 'textStart',
  B: 'notWordBoundary',
  G: 'searchStart',
  Z: 'beforeFinalLineFeed',
  b: 'wordBoundary',
  z: 'textEnd',
};

export interface ParsedPattern {
  readonly tree: PatternNode;
  readonly groups: GroupIndex;
}

/** Parses a .NET regular expression. Throws `EvaluationError` with code `InvalidRegex`. */
export function parsePattern(pattern: string): ParsedPattern {
  // Whether `\12` is a reference or a character depends on groups further right: the first pass only counts them.
  const seen = createGroupRegister();
  new PatternParser(pattern, seen, undefined).parseAll();
  const groups = seen.index();
  const tree = new PatternParser(pattern, createGroupRegister(), groups).parseAll();
  return { tree, groups };
}

class PatternParser {
  private readonly reader: PatternReader;
  private options: PatternOptions = defaultOptions;
  private depth = 0;

  constructor(
    pattern: string,
    private readonly register: GroupRegister,
    /** All groups of the pattern; undefined while they are still being counted. */
    private readonly known: GroupIndex | undefined,
  ) {
    this.reader = new PatternReader(pattern);
  }

  parseAll(): PatternNode {
    const tree = this.parseAlternatives();
    if (!this.reader.isAtEnd()) throw patternFault(this.reader.offset, 'has a ) without its (');
    return tree;
  }

  /** Options set inside hold to the end of the group, over its alternatives. */
  private parseAlternatives(): PatternNode {
    const branches = this.parseBranches();
    return branches.length === 1 ? (branches[0] ?? empty) : { kind: 'choice', branches };
  }

  private parseBranches(): PatternNode[] {
    this.depth += 1;
    if (this.depth > maxDepth) throw patternFault(this.reader.offset, 'is nested too deeply');
    const { options } = this;
    const branches = [this.parseSequence()];
    while (this.reader.take('|')) branches.push(this.parseSequence());
    this.options = options;
    this.depth -= 1;
    return branches;
  }

  private parseSequence(): PatternNode {
    const nodes: PatternNode[] = [];
    for (;;) {
      this.skipBlank();
      const next = this.reader.peek();
      if (next === '' || next === '|' || next === ')') break;
      const node = this.parseQuantified();
      if (node.kind !== 'empty') nodes.push(node);
    }
    return nodes.length === 1 ? (nodes[0] ?? empty) : { kind: 'sequence', nodes };
  }

  private parseQuantified(): PatternNode {
    const { reader } = this;
    const start = reader.offset;
    if (parseQuantifier(reader) !== undefined) throw patternFault(start, 'has a quantifier with nothing before it');
    const node = this.parseAtom();
    if (node === undefined) return empty;
    this.skipBlank();
    const quantifier = parseQuantifier(reader);
    if (quantifier === undefined) return node;
    this.skipBlank();
    const isLazy = reader.take('?');
    this.skipBlank();
    if (parseQuantifier(reader) !== undefined) throw patternFault(reader.offset - 1, 'has two quantifiers in a row');
    return { kind: 'loop', body: node, ...quantifier, isLazy };
  }

  /** Undefined for what matches nothing and takes no quantifier: comments and options. */
  private parseAtom(): PatternNode | undefined {
    const { isMultiline, isSingleLine, ignoresCase } = this.options;
    const unit = this.reader.next();
    switch (unit) {
      case '(':
        return this.parseGroup();
      case '[':
        return { kind: 'unit', set: parseClass(this.reader, ignoresCase) };
      case '\\':
        return this.parseEscape();
      case '.':
        return { kind: 'unit', set: isSingleLine ? anyUnit : anyButLineFeed };
      case '^':
        return { kind: 'anchor', at: isMultiline ? 'lineStart' : 'textStart' };
      case '$':
        return { kind: 'anchor', at: isMultiline ? 'lineEnd' : 'beforeFinalLineFeed' };
      default:
        return { kind: 'unit', set: unitSet(unit, ignoresCase) };
    }
  }

  private parseEscape(): PatternNode {
    const { reader } = this;
    const at = escapedAnchors[reader.peek()];
    if (at !== undefined) {
      reader.next();
      return { kind: 'anchor', at };
    }
    const set = parseShorthand(reader, this.options.ignoresCase);
    if (set !== undefined) return { kind: 'unit', set };
    return this.parseReference() ?? { kind: 'unit', set: unitSet(parseUnitEscape(reader), this.options.ignoresCase) };
  }

  /** `\1`, `\12` where there is such a group, `\k<name>`, `\k'name'`, and the old `\<name>`. */
  private parseReference(): PatternNode | undefined {
    const { reader } = this;
    const start = reader.offset;
    const digits = reader.takeMatch(/[1-9][0-9]*/y);
    if (digits.length === 1 || (digits !== '' && this.known?.has(digits) !== false)) return this.refer(digits, start);
    if (digits === '') {
      const isNamed = reader.take('k');
      const name = reader.takeMatch(quotedName).slice(1, -1);
      if (name !== '') return this.refer(name, start);
      if (isNamed) throw patternFault(start, 'has a \\k without a group name in < >');
    }
    reader.offset = start;
    return undefined;
  }

  private refer(group: string, offset: number): PatternNode {
    if (this.known !== undefined && !this.known.has(group)) {
      throw patternFault(offset, 'refers to a group that it does not have');
    }
    return { kind: 'backreference', group, ignoresCase: this.options.ignoresCase };
  }

  private parseGroup(): PatternNode | undefined {
    const { reader } = this;
    const start = reader.offset - 1;
    if (!reader.take('?')) {
      if (this.options.capturesNamedOnly) return this.parseBody(start);
      return { kind: 'capture', group: this.register.addUnnamed(), body: this.parseBody(start) };
    }
    if (reader.take(':')) return this.parseBody(start);
    if (reader.take('>')) return { kind: 'atomic', body: this.parseBody(start) };
    if (reader.take('(')) return this.parseConditional(start);
    for (const [mark, direction, isNegative] of looks) {
      if (reader.take(mark)) return { kind: 'look', direction, isNegative, body: this.parseBody(start) };
    }
    if (reader.peek() === '<' || reader.peek() === "'") return this.parseNamed(start);
    return this.parseInlineOptions(start);
  }

  private parseNamed(start: number): PatternNode {
    const { reader } = this;
    const close = reader.next() === '<' ? '>' : "'";
    const name = reader.takeUntil(close, `has a group name without its ${close}`);
    if (name.includes('-')) throw patternFault(start, 'has a balancing group, which is not supported');
    const isName = name.split('').every((unit) => isBoundaryWordUnit(unit.charCodeAt(0)));
    if (name === '' || !isName || (/^[0-9]/.test(name) && !/^[1-9][0-9]{0,3}$/.test(name))) {
      throw patternFault(start, 'has a group with an invalid name');
    }
    const group = this.register.addNamed(name);
    return { kind: 'capture', group, body: this.parseBody(start) };
  }

  /** Options in a group of their own hold for what follows it; with a colon, for what the group holds. */
  private parseInlineOptions(start: number): PatternNode | undefined {
    const { reader } = this;
    const letters = reader.takeMatch(/[A-Za-z+-]*/y);
    const options = applyOptions(this.options, letters, start);
    if (reader.take(')')) {
      this.options = options;
      return undefined;
    }
    if (letters === '' || !reader.take(':')) throw patternFault(start, 'has a group of an unknown kind');
    const outer = this.options;
    this.options = options;
    const body = this.parseBody(start);
    this.options = outer;
    return body;
  }

  /** `(?(name)yes|no)` where there is such a group, else `(?(pattern)yes|no)`. The reader stands in the inner parentheses. */
  private parseConditional(start: number): PatternNode {
    const { reader } = this;
    const inner = reader.offset;
    const name = reader.takeMatch(/[^()\\]+(?=\))/y);
    const isGroup = name !== '' && (/^[0-9]+$/.test(name) || this.known?.has(name) === true);
    if (isGroup && this.known !== undefined && !this.known.has(name)) {
      throw patternFault(start, 'asks for a group that it does not have');
    }
    const test = isGroup ? empty : this.parseTest(inner);
    if (isGroup) this.expectClose(start);
    const branches = this.parseBranches();
    if (branches.length > 2) throw patternFault(start, 'has more than two branches for a condition');
    this.expectClose(start);
    const [yes = empty, no = empty] = branches;
    return isGroup ? { kind: 'groupCondition', group: name, yes, no } : { kind: 'lookCondition', test, yes, no };
  }

  /** The parentheses of a condition are a group like any other, but one that does not capture. */
  private parseTest(inner: number): PatternNode {
    const { reader } = this;
    reader.offset = inner;
    if (reader.peek() !== '?') return this.parseBody(inner);
    if (/^\?(#|'|<(?![=!]))/.test(reader.pattern.slice(inner, inner + 3))) {
      throw patternFault(inner, 'has a comment or a named group for a condition');
    }
    return this.parseGroup() ?? empty;
  }

  private parseBody(start: number): PatternNode {
    const body = this.parseAlternatives();
    this.expectClose(start);
    return body;
  }

  private expectClose(start: number): void {
    if (!this.reader.take(')')) throw patternFault(start, 'has a ( without its )');
  }

  /** White space and comments between the parts of a pattern, where the option x is on. */
  private skipBlank(): void {
    for (;;) {
      if (this.options.ignoresWhiteSpace) this.reader.takeMatch(/(?:[\t-\r ]|#[^\n]*)*/y);
      if (!this.reader.take('(?#')) return;
      this.reader.takeUntil(')', 'has a comment without its )');
    }
  }
}

const quotedName = /<[\p{L}\p{Mn}\p{Nd}\p{Pc}\u200c\u200d]+>|'[\p{L}\p{Mn}\p{Nd}\p{Pc}\u200c\u200d]+'/uy;

const looks = [
  ['=', 'ahead', false],
  ['!', 'ahead', true],
  ['<=', 'behind', false],
  ['<!', 'behind', true],
] as const;
