import type { ExpressionWarning } from './expressionError.js';
import { locateOffset } from './position.js';
import { syntaxFault } from './syntaxFault.js';
import { symbols, type Token } from './token.js';

const whiteSpace = /[ \t\r\n]*/y;
const word = /[A-Za-z][A-Za-z0-9]*/y;
const decimal = /-?[0-9]+(\.[0-9]+)?/y;
const hexadecimal = /&H([0-9A-Fa-f]+)/y;
const plainString = /[^"\\]*/y;

export interface Tokenized {
  readonly tokens: readonly Token[];
  readonly warnings: readonly ExpressionWarning[];
}

/** Cuts an expression into tokens; the last one is always `end`. Throws `SyntaxFault`. */
export function tokenize(text: string): Tokenized {
  const tokens: Token[] = [];
  const warnings: ExpressionWarning[] = [];
  let offset = matchAt(whiteSpace, text, 0).length;
  while (offset < text.length) {
    const token = readToken(text, offset, endsOperand(tokens.at(-1)), warnings);
    tokens.push(token);
    offset = token.end + matchAt(whiteSpace, text, token.end).length;
  }
  tokens.push({ kind: 'end', start: text.length, end: text.length });
  return { tokens, warnings };
}

/** After an operand `&` concatenates; where an operand must stand, `&H` begins a number. */
function endsOperand(token: Token | undefined): boolean {
  if (token === undefined) return false;
  return token.kind === 'symbol' ? token.symbol === ')' : token.kind !== 'end';
}

function readToken(text: string, start: number, afterOperand: boolean, warnings: ExpressionWarning[]): Token {
  const first = text.charAt(start);
  if (first === '"') return readString(text, start, warnings);
  if (first === '[') return readAttribute(text, start);
  if (first === '&' && !afterOperand) {
    const number = readHexadecimal(text, start);
    if (number !== undefined) return number;
  }
  const name = matchAt(word, text, start);
  if (name !== '') return { kind: 'word', text: name, start, end: start + name.length };
  const digits = matchAt(decimal, text, start);
  if (digits !== '') return readDecimal(text, start, digits);
  const symbol = symbols.find((candidate) => text.startsWith(candidate, start));
  if (symbol !== undefined) return { kind: 'symbol', symbol, start, end: start + symbol.length };
  throw syntaxFault(text, start, 'InvalidCharacter', `The character ${JSON.stringify(first)} has no meaning here`, [
    'a function call',
    'an attribute in [ ]',
    'a text in double quotes',
    'a number',
  ]);
}

function readString(text: string, start: number, warnings: ExpressionWarning[]): Token {
  let value = '';
  let offset = start + 1;
  while (offset < text.length) {
    const plain = matchAt(plainString, text, offset);
    value += plain;
    offset += plain.length;
    const mark = text.charAt(offset);
    if (mark === '"') return { kind: 'string', value, start, end: offset + 1 };
    const escaped = text.charAt(offset + 1);
    if (mark === '' || escaped === '') break;
    if (escaped !== '\\' && escaped !== '"') {
      warnings.push({
        code: 'UnknownEscape',
        message:
          'A backslash escapes only a backslash or a quotation mark; here both characters are kept. Write two backslashes.',
        position: locateOffset(text, offset),
      });
      value += mark;
    }
    value += escaped;
    offset += 2;
  }
  throw syntaxFault(text, start, 'UnclosedString', 'The text that begins here has no closing quotation mark', ['"']);
}

function readAttribute(text: string, start: number): Token {
  const close = text.indexOf(']', start);
  if (close < 0) {
    throw syntaxFault(text, start, 'UnclosedBracket', 'The attribute that begins here has no closing bracket', [']']);
  }
  const name = text.slice(start + 1, close);
  if (name === '') {
    throw syntaxFault(text, start, 'EmptyAttributeName', 'The brackets hold no attribute name', ['an attribute name']);
  }
  return { kind: 'attribute', name, start, end: close + 1 };
}

function readHexadecimal(text: string, start: number): Token | undefined {
  const digits = matchAt(hexadecimal, text, start).slice(2);
  if (digits === '') return undefined;
  const value = BigInt(`0x${digits}`);
  if (value >= 1n << 64n) throw outOfRange(text, start);
  return { kind: 'number', value: BigInt.asIntN(64, value), start, end: start + 2 + digits.length };
}

function readDecimal(text: string, start: number, digits: string): Token {
  const end = start + digits.length;
  if (digits.includes('.')) return { kind: 'number', value: null, start, end };
  const value = BigInt(digits);
  if (BigInt.asIntN(64, value) !== value) throw outOfRange(text, start);
  return { kind: 'number', value, start, end };
}

function outOfRange(text: string, start: number) {
  return syntaxFault(text, start, 'InvalidNumber', 'The number does not fit 64 bits', [
    'a number from -9223372036854775808 to 9223372036854775807',
  ]);
}

function matchAt(pattern: RegExp, text: string, offset: number): string {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0] ?? '';
}
