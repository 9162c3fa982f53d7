import { describeFunctions } from '../../lib/expressions/describeFunctions.js';

const descriptions = new Map(describeFunctions().map((description) => [description.name, description]));

test("describes parameters as Graph's function schema does", () => {
  expect(descriptions.get('Mid')?.parameters.map(({ name, required, type }) => [name, required, type])).toEqual([
    ['source', true, 'String'],
    ['start', true, 'Integer'],
    ['length', true, 'Integer'],
  ]);
  expect(descriptions.get('Join')?.parameters[1]).toMatchObject({ name: 'source', allowMultipleOccurrences: true });
  expect(descriptions.get('Switch')?.parameters.map(({ name }) => name)).toEqual([
    'source',
    'defaultValue',
    'switchValue',
  ]);
});

test('writes the signature for help', () => {
  expect(descriptions.get('InStr')?.signature).toBe('InStr(value1, value2, start?, compareType?) → Integer');
  expect(descriptions.get('Switch')?.signature).toBe('Switch(source, defaultValue?, key, value, …) → Any');
});

test('is sorted by name', () => {
  const names = [...descriptions.keys()];
  expect(names).toEqual([...names].sort());
});
