import { z } from 'zod';
import { parseExpression } from '../../lib/api/parseExpression.js';
import { listFilterOperators, listFunctions } from '../../lib/api/schemaHelp.js';
import { filterOperators } from '../../lib/schema/filterOperators.js';
import { requestOf } from '../fakes/schemaDoors.js';
import { jobId, servicePrincipalId } from '../fakes/surroundings.js';
import { checkGraphType } from '../graphTypes/checkGraphType.js';

const world = {
  jobId,
  servicePrincipalId,
  clock: { nowMs: () => Date.UTC(2026, 7, 1), monotonicMs: () => 0, sleep: async () => undefined },
};
const parse = async (body: unknown): Promise<unknown> => {
  const { status, body: answer } = await parseExpression(world, requestOf({ body }));
  expect(status).toBe(200);
  expect(checkGraphType('parseExpressionResponse', answer, { everyMember: true })).toEqual([]);
  return answer;
};
const refusalOf = (body: unknown): Promise<unknown> =>
  parseExpression(world, requestOf({ body })).then(
    () => 'no refusal',
    (error: unknown) => error,
  );
const testInputObject = (properties: Readonly<Record<string, unknown>>) => ({
  definition: null,
  properties: Object.entries(properties).map(([key, value]) => ({ key, value })),
});

describe('an expression that is tried', () => {
  it("answers Microsoft's own sample in its shape", async () => {
    const expression = 'Replace([preferredLanguage], "-", , , "_", ,  )';
    const body = {
      expression,
      targetAttributeDefinition: null,
      testInputObject: {
        definition: { attributes: [], metadata: [], name: 'User', supportedApis: [] },
        properties: [
          { key: 'objectId', value: '66E4A8CC-1B7B-435E-95F8-F06CEA133828' },
          { key: 'IsSoftDeleted', value: 'false' },
          { key: 'accountEnabled', value: true },
          { key: 'streetAddress', value: null },
          { key: 'preferredLanguage', value: 'EN-US' },
          { key: 'proxyAddresses', 'value@odata.type': '#Collection(String)', value: ['SMTP:a@contoso.example'] },
        ],
      },
    };
    expect(await parse(body)).toMatchObject({
      parsingSucceeded: true,
      evaluationSucceeded: true,
      evaluationResult: ['EN_US'],
      error: null,
      parsedExpression: {
        type: 'Function',
        name: 'Replace',
        expression,
        parameters: [
          { key: 'source', value: { type: 'Attribute', name: 'preferredLanguage' } },
          { key: 'Find', value: { type: 'Constant', name: '-' } },
          { key: 'Replacement', value: { type: 'Constant', name: '_' } },
        ],
      },
    });
  });

  it('is parsed alone without a test object', async () => {
    expect(await parse({ expression: 'ToUpper([mail])' })).toMatchObject({
      parsingSucceeded: true,
      evaluationSucceeded: false,
      evaluationResult: [],
    });
  });

  it('tells an error with its place, what was expected and the nearest name', async () => {
    const expression = 'Append([mail],\n  ToLowr([mail]))';
    expect(await parse({ expression, testInputObject: testInputObject({}) })).toMatchObject({
      parsingSucceeded: false,
      evaluationSucceeded: false,
      error: {
        code: 'UnknownFunction',
        message: expect.stringContaining('(line 2, column 3)'),
        target: 'expression',
        details: [
          {
            code: 'UnknownFunction',
            message: expect.stringContaining('did you mean ToLower?'),
            target: 'expression, line 2, column 3, position 17',
          },
        ],
      },
    });
  });

  it('takes lists, numbers and app roles as the attributes have them', async () => {
    const evaluate = (expression: string, properties: Readonly<Record<string, unknown>>) =>
      parse({ expression, testInputObject: testInputObject(properties) });
    expect(await evaluate('Join(";", [otherMails])', { otherMails: ['a', 'b'] })).toMatchObject({
      evaluationResult: ['a;b'],
    });
    expect(await evaluate('CStr([n])', { n: 7 })).toMatchObject({ evaluationResult: ['7'] });
    const appRoleAssignments = [{ id: '1', displayName: 'Licensed' }];
    expect(await evaluate('SingleAppRoleAssignment([appRoleAssignments])', { appRoleAssignments })).toMatchObject({
      evaluationResult: ['Licensed'],
    });
  });

  it('tells a result that the target attribute cannot hold', async () => {
    const tryAs = (type: string, mail: string) =>
      parse({
        expression: '[mail]',
        testInputObject: testInputObject({ mail }),
        targetAttributeDefinition: { name: 'x', type },
      });
    expect(await tryAs('Boolean', 'yes')).toMatchObject({ evaluationSucceeded: false, error: { code: 'ValueType' } });
    expect(await tryAs('Boolean', 'True')).toMatchObject({ evaluationSucceeded: true });
    expect(await tryAs('Integer', 'many')).toMatchObject({ evaluationSucceeded: false, error: { code: 'ValueType' } });
    expect(await tryAs('String', 'many')).toMatchObject({ evaluationSucceeded: true });
  });

  it.each([
    [{}, 'expression'],
    [{ expression: 7 }, 'expression'],
    [{ expression: '[a]', testInputObject: { properties: [{ value: 'x' }] } }, 'key'],
    [{ expression: '[a]', targetAttributeDefinition: { type: 'Text' } }, 'type'],
  ])('is refused where the request has not the shape: %j', async (body, field) => {
    expect(await refusalOf(body)).toMatchObject({ status: 400, target: expect.stringContaining(field) });
  });
});

describe('the help of the schema', () => {
  const entries = z.object({ value: z.array(z.looseObject({ id: z.string() })) });

  it("lists every function as Graph's schema of one", async () => {
    const { value } = entries.parse((await listFunctions(world, requestOf())).body);
    expect(checkGraphType('Collection(attributeMappingFunctionSchema)', value, { everyMember: true })).toEqual([]);
    expect(value).toContainEqual({
      id: 'Append',
      parameters: [
        { allowMultipleOccurrences: false, name: 'source', required: true, type: 'String' },
        { allowMultipleOccurrences: false, name: 'suffix', required: true, type: 'String' },
      ],
    });
  });

  it("lists every operator as Graph's schema of one", async () => {
    const { value } = entries.parse((await listFilterOperators(world, requestOf())).body);
    expect(checkGraphType('Collection(filterOperatorSchema)', value, { everyMember: true })).toEqual([]);
    expect(value.map(({ id }) => id)).toEqual(filterOperators.map(({ name }) => name));
  });
});
