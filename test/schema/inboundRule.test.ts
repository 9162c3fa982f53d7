import { validateSchema } from '../../lib/schema/validateSchema.js';
import { draftSchema } from './schemaDraft.js';

test('a rule that writes into Entra is another job’s: it is kept, said to be out of force, and not judged', () => {
  const { schema } = draftSchema();
  schema.synchronizationRules.push({
    name: 'INBOUND',
    sourceDirectoryName: 'Zoom',
    targetDirectoryName: 'Azure Active Directory',
    objectMappings: [
      {
        enabled: true,
        sourceObjectName: 'User',
        targetObjectName: 'User',
        attributeMappings: [{ targetAttributeName: 'accountEnabled', source: { type: 'Attribute', name: 'active' } }],
      },
    ],
  });
  expect(validateSchema(schema)).toMatchObject({
    kind: 'valid',
    warnings: [{ code: 'NotInForce', path: 'synchronizationRules[1].objectMappings[0]' }],
  });
});
