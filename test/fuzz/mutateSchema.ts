import type { Randomness } from '../../lib/sandbox/graph/random.js';
import { drawOne } from './draw.js';
import { drawExpression } from './drawExpression.js';
import { drawText } from './drawObject.js';
import { drawPattern } from './drawPattern.js';

type Json = null | boolean | number | string | Json[] | { [member: string]: Json };
type Holder = Json[] | { [member: string]: Json };

/** Every list and object of a document from its rules on, where mappings and filters stand. */
const listHolders = (value: Json): Holder[] => {
  if (typeof value !== 'object' || value === null) return [];
  const members = Array.isArray(value) ? value : Object.values(value);
  return [value, ...members.flatMap(listHolders)];
};

const names = [
  'active',
  'userName',
  'emails[type eq "work"].value',
  'roles[primary eq "True"].value',
  'name.givenName',
  'urn:x:y',
] as const;
const enums = [
  'ObjectAddOnly',
  'MultiValueAddOnly',
  'Constant',
  'Function',
  'Attribute',
  'Group',
  'User',
  'REGEX MATCH',
  'EQUALS',
  'Reference',
] as const;

const drawJson = (random: Randomness, donors: readonly Holder[]): Json => {
  switch (random.below(10)) {
    case 0:
      return drawOne(random, [null, true, false, 0, -1, 1.5, 1e308]);
    case 1:
      return drawText(random);
    case 2:
      return drawOne(random, names);
    case 3:
      return drawOne(random, enums);
    case 4:
      return drawPattern(random);
    case 5:
      return { type: 'Function', expression: drawExpression(random), name: null, parameters: [] };
    case 6:
      return drawOne(random, [[], {}, [[]], { constructor: {} }]);
    case 7:
      return structuredClone(donors[random.below(donors.length)] ?? null);
    default:
      return drawExpression(random);
  }
};

/** Where an expression stands another is put as a rule: elsewhere it would only be refused for its shape. */
const drawFor = (random: Randomness, member: string, donors: readonly Holder[]): Json =>
  member === 'expression' && random.chance(0.8) ? drawExpression(random) : drawJson(random, donors);

const mutateHolder = (random: Randomness, holder: Holder, donors: readonly Holder[]): void => {
  if (Array.isArray(holder)) {
    const at = random.below(holder.length + 1);
    const kind = random.below(3);
    if (kind === 0) holder.splice(at, 1);
    else holder.splice(at, kind - 1, holder[random.below(holder.length)] ?? drawJson(random, donors));
    return;
  }
  const members = Object.keys(holder);
  const member = members[random.below(members.length)] ?? 'name';
  if (random.chance(0.2)) delete holder[member];
  else holder[member] = drawFor(random, member, donors);
};

/** A copy of a schema document, damaged in a few places of its rules. */
export const mutateSchema = (random: Randomness, text: string): unknown => {
  const document = JSON.parse(text);
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    const holders = listHolders(document.synchronizationRules ?? document);
    const expressions = holders.filter((holder) => !Array.isArray(holder) && 'expression' in holder);
    const wanted = random.chance(0.4) && expressions.length > 0 ? expressions : holders;
    const holder = wanted[random.below(wanted.length)];
    if (holder !== undefined) mutateHolder(random, holder, holders);
  }
  return document;
};
