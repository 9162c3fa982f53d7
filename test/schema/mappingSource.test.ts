import { type MappingSource, readMappingSource } from '../../lib/schema/mappingSource.js';
import type { AttributeMappingSource } from '../../lib/schema/synchronizationSchema.js';

const cases: [string, AttributeMappingSource | null, MappingSource][] = [
  ['no source', null, { kind: 'none' }],
  [
    'an attribute of an export',
    { type: 'Attribute', name: 'mail', expression: '[mail]', parameters: [] },
    { kind: 'expression', text: '[mail]', member: 'expression' },
  ],
  ['an attribute by name', { type: 'Attribute', name: 'mail' }, { kind: 'expression', text: '[mail]', member: 'name' }],
  [
    'an attribute whose expression lacks the brackets',
    { type: 'Attribute', expression: 'mail' },
    { kind: 'expression', text: '[mail]', member: 'expression' },
  ],
  [
    'a constant of an export',
    { type: 'Constant', name: 'True', expression: '"True"' },
    { kind: 'expression', text: '"True"', member: 'expression' },
  ],
  ['a bare constant', { type: 'Constant', expression: 'True' }, { kind: 'constant', value: 'True' }],
  ['a constant by name', { type: 'Constant', name: 'True' }, { kind: 'constant', value: 'True' }],
  [
    'a function: its text is the truth, whatever its parameters say',
    {
      type: 'Function',
      name: 'ToUpper',
      expression: 'ToLower([mail])',
      parameters: [{ key: 'source', value: { type: 'Attribute', name: 'surname' } }],
    },
    { kind: 'expression', text: 'ToLower([mail])', member: 'expression' },
  ],
];

test.each(cases)('%s', (_, source, expected) => {
  expect(readMappingSource(source)).toEqual(expected);
});
