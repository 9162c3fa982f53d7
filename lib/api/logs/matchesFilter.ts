import type { Comparison, Filter, FilterValue, Members, TextFunction } from './filter.js';

/** Yes, no, or null: a function of nothing has no answer (OData 4.01, URL conventions 5.1.1.4). */
type Answer = boolean | null;

const order = (left: string | number, right: string | number): number => (left < right ? -1 : left > right ? 1 : 0);

/** Nothing equals nothing, and is neither before nor after anything. */
const compare = (comparison: Comparison, left: FilterValue, right: FilterValue): boolean => {
  if (comparison === 'eq') return left === right;
  if (comparison === 'ne') return left !== right;
  if (left === null || right === null) return false;
  const sign = order(left, right);
  switch (comparison) {
    case 'gt':
      return sign > 0;
    case 'ge':
      return sign >= 0;
    case 'lt':
      return sign < 0;
    case 'le':
      return sign <= 0;
  }
};

const call = (name: TextFunction, text: string, part: string): boolean =>
  name === 'contains' ? text.includes(part) : text.startsWith(part);

const answer = <Row>(filter: Filter, row: Row, members: Members<Row>): Answer => {
  const read = (path: string): FilterValue => members[path]?.read(row) ?? null;
  switch (filter.kind) {
    case 'and':
      return join(filter.operands, false, row, members);
    case 'or':
      return join(filter.operands, true, row, members);
    case 'not': {
      const inner = answer(filter.operand, row, members);
      return inner === null ? null : !inner;
    }
    case 'compare':
      return compare(filter.comparison, read(filter.member), filter.value);
    case 'call': {
      const value = read(filter.member);
      return typeof value === 'string' ? call(filter.name, value, filter.value) : null;
    }
    case 'oneOf': {
      const value = read(filter.member);
      return typeof value === 'string' && filter.values.has(value);
    }
  }
};

/** `and` is settled by a no, `or` by a yes; without one, an operand that has no answer leaves it without. */
const join = <Row>(operands: readonly Filter[], settling: boolean, row: Row, members: Members<Row>): Answer => {
  let joined: Answer = !settling;
  for (const operand of operands) {
    const one = answer(operand, row, members);
    if (one === settling) return settling;
    if (one === null) joined = null;
  }
  return joined;
};

/** Whether a row is one that the filter asks for. */
export const matchesFilter = <Row>(filter: Filter | null, row: Row, members: Members<Row>): boolean =>
  filter === null || answer(filter, row, members) === true;
