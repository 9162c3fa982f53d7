import type { Attributes, AttributeValue } from '../../lib/expressions/attributes.js';
import type { Randomness } from '../../lib/sandbox/graph/random.js';
import { drawMany, drawOne } from './draw.js';

export const attributeNames = [
  'mail',
  'userPrincipalName',
  'displayName',
  'department',
  'IsSoftDeleted',
  'appRoleAssignments',
  'otherMails',
  'employeeHireDate',
  'extensionAttribute1',
  'manager',
  '__proto__',
] as const;

/** Stands in every text value, so that a message that holds a value is found out. */
export const marker = 'zq7';

const units = [
  'a',
  'B',
  '1',
  ' ',
  ',',
  '.',
  '@',
  '-',
  '\\',
  '"',
  '(',
  ']',
  '$',
  'é',
  'İ',
  'ß',
  '\u0301',
  '\n',
  '😀',
  '\ud83d',
  '\u0000',
] as const;

/** A short text of characters that mean something somewhere. */
export const drawText = (random: Randomness): string => drawMany(random, 6, () => drawOne(random, units)).join('');

const drawLongText = (random: Randomness): string => {
  const length = drawOne(random, [40, 3_000, 60_000, 150_000]);
  return drawOne(random, ['a', 'ab', ' ', 'é', 'a@']).repeat(Math.ceil(length / 2));
};

const roles = [
  '{"id":"1","value":"Licensed","displayName":"L"}',
  '{broken',
  '{"value":5}',
  'Default Assignment',
] as const;

const drawValue = (random: Randomness): AttributeValue => {
  switch (random.below(12)) {
    case 0:
      return null;
    case 1:
      return '';
    case 2:
      return random.chance(0.5);
    case 3:
      return drawOne(random, [0, -1, 514, 1.5, 1e21, 2 ** 53, -0]);
    case 4:
      return drawMany(random, 4, () => drawText(random) + marker);
    case 5:
      return drawMany(random, 3, () => drawOne(random, roles));
    case 6:
      return drawMany(random, 2, () => ({
        id: '1',
        displayName: drawText(random),
        value: random.chance(0.5) ? 'v' : null,
      }));
    case 7:
      return drawOne(random, ['2021-08-24', '129699324000000000', 'True', 'False', 'cn=Joe\\, J,ou=Sales', 'SGVsbG8=']);
    case 8:
      return drawLongText(random);
    default:
      return drawText(random) + marker;
  }
};

/** A source object with some of the attributes, of any type. */
export const drawObject = (random: Randomness): Attributes => {
  const names = attributeNames.filter(() => random.chance(0.7));
  return Object.fromEntries(names.map((name) => [name, drawValue(random)]));
};

/** Texts that patterns love and hate: runs of the same, with something else at the end. */
export const drawSearchedObject = (random: Randomness): Attributes => {
  const run = drawOne(random, ['a', 'ab', 'aA1', 'é', 'a b', '日本']).repeat(drawOne(random, [1, 5, 30, 500, 20_000]));
  return { mail: drawText(random) + run + drawText(random) };
};
