import type { ExpressionError, ExpressionWarning } from './expressionError.js';
import { defaultLimits, type ExpressionLimits } from './limits.js';
import { SyntaxFault, syntaxFault } from './syntaxFault.js';
import { type ArgumentNode, type ComparisonOperator, comparisonOperators, type SyntaxNode } from './syntaxTree.js';
import type { Token, TokenSymbol } from './token.js';
import { tokenize } from './tokenize.js';

export type ParseResult =
  | { readonly kind: 'parsed'; readonly tree: SyntaxNode; readonly warnings: readonly ExpressionWarning[] }
  | { readonly kind: 'refused'; readonly error: ExpressionError };

const operandNames = ['a function call', 'an attribute in [ ]', 'a text in double quotes', 'a number'];

/** Text to syntax tree. It knows no function: names, arity and bare words are checked when the tree is compiled. */
export function parseExpression(
  text: string,
  limits: Pick<ExpressionLimits, 'maxLength' | 'maxNesting'> = defaultLimits,
): ParseResult {
  try {
    if (text.length > limits.maxLength) {
      throw syntaxFault(
        text,
        limits.maxLength,
        'TooLong',
        `The expression is longer than ${limits.maxLength} characters`,
      );
    }
    const { tokens, warnings } = tokenize(text);
    return { kind: 'parsed', tree: new Parser(text, tokens, limits.maxNesting).parseAll(), warnings };
  } catch (fault) {
    if (fault instanceof SyntaxFault) return { kind: 'refused', error: fault.error };
    throw fault;
  }
}

class Parser {
  private index = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
    private readonly maxNesting: number,
  ) {}

  parseAll(): SyntaxNode {
    const tree = this.parseComparison();
    const token = this.peek();
    if (token.kind !== 'end') {
      throw syntaxFault(
        this.text,
        token.start,
        'TrailingText',
        `${this.describe(token)} follows the end of the expression`,
        ['the end of the expression'],
      );
    }
    return tree;
  }

  private parseComparison(): SyntaxNode {
    const left = this.parseJoined();
    const operator = this.takeComparison();
    if (operator === undefined) return left;
    const right = this.parseJoined();
    const next = this.peek();
    if (next.kind === 'symbol' && isComparison(next.symbol)) {
      throw syntaxFault(this.text, next.start, 'ChainedComparison', 'A comparison cannot be compared again', [
        ',',
        ')',
      ]);
    }
    return { kind: 'comparison', operator, left, right, start: left.start, end: right.end };
  }

  private takeComparison(): ComparisonOperator | undefined {
    const token = this.peek();
    if (token.kind !== 'symbol' || !isComparison(token.symbol)) return undefined;
    this.index += 1;
    return token.symbol;
  }

  private parseJoined(): SyntaxNode {
    const first = this.parseOperand();
    if (!this.isSymbol('&')) return first;
    const operands = [first];
    while (this.isSymbol('&')) {
      this.index += 1;
      operands.push(this.parseOperand());
    }
    return { kind: 'concatenation', operands, start: first.start, end: this.previousEnd() };
  }

  private parseOperand(): SyntaxNode {
    const token = this.peek();
    const { start, end } = token;
    this.index += 1;
    switch (token.kind) {
      case 'string':
        return { kind: 'string', value: token.value, start, end };
      case 'attribute':
        return { kind: 'attribute', name: token.name, start, end };
      case 'number':
        return { kind: 'number', value: token.value, text: this.text.slice(start, end), start, end };
      case 'word':
        return this.isSymbol('(') ? this.parseCall(token.text, start) : { kind: 'word', text: token.text, start, end };
      case 'symbol':
        if (token.symbol === '(') {
          throw syntaxFault(
            this.text,
            start,
            'GroupingUnsupported',
            'Parentheses only follow a function name',
            operandNames,
          );
        }
        throw syntaxFault(
          this.text,
          start,
          'UnexpectedToken',
          `${this.describe(token)} stands where a value must`,
          operandNames,
        );
      case 'end':
        throw syntaxFault(
          this.text,
          start,
          'UnexpectedEnd',
          'The expression ends where a value must stand',
          operandNames,
        );
    }
  }

  private parseCall(name: string, start: number): SyntaxNode {
    this.depth += 1;
    if (this.depth > this.maxNesting) {
      throw syntaxFault(this.text, start, 'TooDeep', `Calls are nested deeper than ${this.maxNesting} levels`);
    }
    this.index += 1;
    const list = this.isSymbol(')') ? [] : this.parseArguments();
    this.expectClosing(name);
    this.depth -= 1;
    return { kind: 'call', name, arguments: list, start, end: this.previousEnd() };
  }

  private parseArguments(): ArgumentNode[] {
    const list = [this.parseArgument()];
    while (this.isSymbol(',')) {
      this.index += 1;
      list.push(this.parseArgument());
    }
    return list;
  }

  private parseArgument(): ArgumentNode {
    if (!this.isSymbol(',') && !this.isSymbol(')')) return this.parseComparison();
    const { start } = this.peek();
    return { kind: 'omitted', start, end: start };
  }

  private expectClosing(name: string): void {
    const token = this.peek();
    if (this.isSymbol(')')) {
      this.index += 1;
      return;
    }
    const code = token.kind === 'end' ? 'UnexpectedEnd' : 'UnexpectedToken';
    const what = token.kind === 'end' ? 'The expression ends' : `${this.describe(token)} stands`;
    throw syntaxFault(this.text, token.start, code, `${what} inside the arguments of ${name}`, [',', ')']);
  }

  private isSymbol(symbol: TokenSymbol): boolean {
    const token = this.peek();
    return token.kind === 'symbol' && token.symbol === symbol;
  }

  private peek(): Token {
    return this.tokens[this.index] ?? { kind: 'end', start: this.text.length, end: this.text.length };
  }

  private previousEnd(): number {
    return this.tokens[this.index - 1]?.end ?? 0;
  }

  private describe(token: Token): string {
    const source = this.text.slice(token.start, token.end);
    return source.length > 40 ? `${source.slice(0, 40)}…` : source;
  }
}

function isComparison(symbol: TokenSymbol): symbol is ComparisonOperator {
  return comparisonOperators.some((operator) => operator === symbol);
}
