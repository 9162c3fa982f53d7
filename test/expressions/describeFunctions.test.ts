import { compileExpression } from '../../lib/expressions/compileExpression.js';
import { describeFunctions } from '../../lib/expressions/describeFunctions.js';
import { functionCatalogue } from '../../lib/expressions/functions/catalogue.js';

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

describe.each([...functionCatalogue.values()].map((definition) => [definition.name, definition] as const))(
  'what %s declares is what validation holds',
  (name, { minRepeats, parameters, rearrange }) => {
    const refusals = (list: readonly string[]) => {
      const compiled = compileExpression(`${name}(${list.join(', ')})`);
      return compiled.kind === 'refused' ? compiled.errors : [];
    };
    const fixed = parameters.filter(({ repeats }) => !repeats);
    const group = parameters.filter(({ repeats }) => repeats);
    const given = [...fixed, ...Array.from({ length: minRepeats }).flatMap(() => group)];

    test('a required parameter that is left out is told by its name', () => {
      for (const [index, parameter] of given.entries()) {
        if (!parameter.required || rearrange !== undefined) continue;
        const errors = refusals(given.map((_, place) => (place === index ? '' : '[a]')));
        const single = given.length === 1;
        expect(errors.map(({ code }) => code)).toContain('MissingArgument');
        if (!single) expect(errors.flatMap(({ expected }) => expected)).toContain(parameter.name);
      }
    });

    test('an argument more than it takes is one too many', () => {
      const codes = refusals([...given.map(() => '[a]'), '[a]']).map(({ code }) => code);
      if (group.length === 0) expect(codes).toContain('SurplusArgument');
      if (group.length === 1) expect(codes).not.toContain('SurplusArgument');
      if (group.length === 2) expect(codes).toContain('IncompletePair');
    });

    test('its help names every parameter', () => {
      const signature = descriptions.get(name)?.signature ?? '';
      for (const parameter of parameters) expect(signature).toContain(parameter.name);
    });
  },
);
