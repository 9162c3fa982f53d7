import type { Comparison, Filter, Members, TextFunction } from './filter.js';
import { filterFault } from './filterFault.js';
import { findMember, toFilterValue } from './filterValue.js';
import { type FilterToken, tokenizeFilter } from './tokenizeFilter.js';

const longestFilter = 8_000;
const deepestFilter = 50;
const comparisons: readonly string[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] satisfies readonly Comparison[];
const functions: readonly string[] = ['contains', 'startswith'] satisfies readonly TextFunction[];

const isComparison = (word: string): word is Comparison => comparisons.includes(word);
const isFunction = (word: string): word is TextFunction => functions.includes(word);

const describe = (token: FilterToken): string => {
  if (token.kind === 'end') return 'its end';
  const shown = token.kind === 'text' ? 'a quoted text' : token.kind === 'word' ? `'${token.text}'` : `'${token.kind}'`;
  return `${shown} at position ${token.at}`;
};

/**
 * Parses a `$filter`: `or` binds weaker than `and`, `and` weaker than `not` (OData 4.01, URL conventions 5.1.1.17).
 * Comparisons have the member on the left. Throws `ApiError` 400 naming an unknown member, a value of another type than
 * its member, or the position of what was not expected.
 */
export const parseFilter = <Row>(source: string, members: Members<Row>): Filter => {
  if (source.length > longestFilter) throw filterFault(`longer than ${longestFilter} characters.`);
  const tokens = tokenizeFilter(source);
  let next = 0;
  const peek = (): FilterToken => tokens[next] ?? { kind: 'end', at: source.length };
  const take = (): FilterToken => {
    const token = peek();
    next += 1;
    return token;
  };
  const unexpected = (token: FilterToken, wanted: string) =>
    filterFault(`expected ${wanted}, found ${describe(token)}.`);
  const expect = (kind: '(' | ')' | ','): void => {
    const token = take();
    if (token.kind !== kind) throw unexpected(token, `'${kind}'`);
  };
  const takeKeyword = (keyword: string): boolean => {
    const token = peek();
    const isFound = token.kind === 'word' && token.text === keyword;
    if (isFound) next += 1;
    return isFound;
  };

  const parseJoined = (kind: 'and' | 'or', parseOperand: (depth: number) => Filter, depth: number): Filter => {
    const first = parseOperand(depth);
    const operands = [first];
    while (takeKeyword(kind)) operands.push(parseOperand(depth));
    return operands.length === 1 ? first : { kind, operands };
  };
  const parseOr = (depth: number): Filter => {
    if (depth > deepestFilter) throw filterFault(`nested deeper than ${deepestFilter}.`);
    return parseJoined('or', (inner) => parseJoined('and', parseTerm, inner), depth);
  };
  const parseTerm = (depth: number): Filter => {
    if (takeKeyword('not')) {
      if (depth > deepestFilter) throw filterFault(`nested deeper than ${deepestFilter}.`);
      return { kind: 'not', operand: parseTerm(depth + 1) };
    }
    const token = take();
    if (token.kind === '(') {
      const inner = parseOr(depth + 1);
      expect(')');
      return inner;
    }
    if (token.kind !== 'word') throw unexpected(token, 'a member, a function, not or a bracket');
    return peek().kind === '(' ? parseCall(token.text) : parseComparison(token.text);
  };
  const parseCall = (name: string): Filter => {
    if (!isFunction(name)) throw filterFault(`'${name}' is no function that can be used; ${functions.join(', ')} are.`);
    expect('(');
    const path = take();
    if (path.kind !== 'word') throw unexpected(path, 'a member');
    const member = findMember(path.text, members);
    if (member.type === 'number' || member.type === 'instant') {
      throw filterFault(`${path.text} is not compared as a text, so ${name} does not take it.`, path.text);
    }
    expect(',');
    const value = take();
    if (value.kind !== 'text') throw filterFault(`${name} of ${path.text} expects a quoted text.`, path.text);
    expect(')');
    return { kind: 'call', name, member: path.text, value: value.text };
  };
  const parseComparison = (path: string): Filter => {
    const member = findMember(path, members);
    const operator = take();
    if (operator.kind !== 'word' || !isComparison(operator.text)) {
      throw unexpected(operator, `one of ${comparisons.join(', ')} after ${path}`);
    }
    const value = toFilterValue(path, member, operator.text, take());
    return { kind: 'compare', comparison: operator.text, member: path, value };
  };

  const filter = parseOr(0);
  const rest = peek();
  if (rest.kind !== 'end') throw unexpected(rest, 'and, or or the end');
  return filter;
};
