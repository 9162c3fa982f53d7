import type { Comparison, FilterValue, Member, Members } from './filter.js';
import { filterFault } from './filterFault.js';
import type { FilterToken } from './tokenizeFilter.js';

const number = /^-?\d+(\.\d+)?$/;
const instant = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/i;

/** The member under this path. Throws `ApiError` 400 naming a path that there is not. */
export const findMember = <Row>(path: string, members: Members<Row>): Member<Row> => {
  const member = Object.hasOwn(members, path) ? members[path] : undefined;
  if (member) return member;
  throw filterFault(`'${path}' is no member that can be filtered by; ${Object.keys(members).join(', ')} are.`, path);
};

/** Milliseconds since 1970, with the fraction that the text has; a date alone is its midnight in UTC. */
const readInstant = (text: string): number | null => {
  const [, day, minutes = '00:00', seconds = '00', fraction = '', zone = 'Z'] = instant.exec(text) ?? [];
  if (day === undefined) return null;
  const ms = Date.parse(`${day}T${minutes}:${seconds}${zone.toUpperCase()}`) + 1_000 * Number(`0${fraction}`);
  return Number.isNaN(ms) ? null : ms;
};

/** A literal as its member's type wants it. Throws `ApiError` 400 naming the member. */
export const toFilterValue = <Row>(
  path: string,
  member: Member<Row>,
  comparison: Comparison,
  token: FilterToken,
): FilterValue => {
  const isEquality = comparison === 'eq' || comparison === 'ne';
  const mismatch = (wanted: string) => filterFault(`${path} ${comparison} expects ${wanted}.`, path);
  if (token.kind === 'word' && token.text === 'null') {
    if (!isEquality || member.type === 'name') throw mismatch('a value other than null');
    return null;
  }
  switch (member.type) {
    case 'text':
      if (token.kind !== 'text') throw mismatch('a text in single quotes');
      return token.text;
    case 'name':
      if (!isEquality) throw filterFault(`${path} takes eq and ne, not ${comparison}.`, path);
      if (token.kind !== 'text') throw mismatch('a text in single quotes');
      return token.text;
    case 'enumeration': {
      if (!isEquality) throw filterFault(`${path} takes eq and ne, not ${comparison}.`, path);
      const given = token.kind === 'text' ? token.text.toLowerCase() : null;
      const known = member.values.find((value) => value.toLowerCase() === given);
      if (known === undefined) throw mismatch(`one of ${member.values.map((value) => `'${value}'`).join(', ')}`);
      return known;
    }
    case 'number':
      if (token.kind !== 'word' || !number.test(token.text)) throw mismatch('a number');
      return Number(token.text);
    case 'instant': {
      const ms = token.kind === 'word' ? readInstant(token.text) : null;
      if (ms === null) throw mismatch('an instant without quotes, as 2026-11-23T08:00:00Z');
      return ms;
    }
  }
};
