import { getSchema, listSchemaVersions, putSchema, restoreSchema } from '../../lib/api/schema.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { caller, openSchemaDoors, type SchemaDoors } from '../fakes/schemaDoors.js';
import { checkGraphType } from '../graphTypes/checkGraphType.js';
import { draftSchema, functionSource } from '../schema/schemaDraft.js';

/** The built-in schema with another source of the display name. */
const schemaOf = (expression: string) => {
  const draft = draftSchema();
  Object.assign(draft.mapping('displayName'), { source: functionSource(expression) });
  return draft.schema;
};
const get = async (doors: SchemaDoors) => (await doors.call(getSchema)).text ?? '';
const refusalOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => 'no refusal',
    (error: unknown) => error,
  );

describe('the door of the schema', () => {
  it('gives the built-in one before any was saved, in the shape of Graph', async () => {
    const doors = await openSchemaDoors();
    const answer = await doors.call(getSchema);
    expect(answer).toMatchObject({ status: 200, headers: { ETag: '"0"' } });
    const schema: unknown = JSON.parse(answer.text ?? '');
    expect(schema).toEqual(builtInZoomSchema);
    expect(checkGraphType('synchronizationSchema', schema)).toEqual([]);
    expect((await doors.call(listSchemaVersions)).body).toEqual({ value: [] });
  });

  it('gives back what was saved, to the letter', async () => {
    const doors = await openSchemaDoors();
    const text = JSON.stringify(
      { '@odata.context': 'x', unknown: { 2: 1, b: [1.5e3] }, ...schemaOf('[mail]') },
      null,
      3,
    );
    expect(await doors.call(putSchema, { body: text })).toMatchObject({ status: 204, body: undefined });
    expect(await get(doors)).toBe(text);
  });

  it('requests an initial cycle and puts it on the queue', async () => {
    const doors = await openSchemaDoors();
    await doors.call(putSchema, { body: schemaOf('[mail]') });
    const { request } = await doors.tenant.world.state.jobs.read();
    expect(request).toMatchObject({ kind: 'initial' });
    expect(doors.tenant.queue).toEqual([expect.objectContaining({ cycleId: request?.cycleId, slice: 1 })]);
  });

  it('is audited by the name that Microsoft gives it, with what changed', async () => {
    const doors = await openSchemaDoors();
    await doors.call(putSchema, { body: schemaOf('[mail]') });
    expect(doors.audit).toEqual([
      expect.objectContaining({
        activity: 'Update attribute mappings or scope',
        actor: caller,
        result: 'success',
        reason: null,
        changes: [
          { name: 'schema.version', old: '0', new: '2' },
          { name: 'user.displayName', old: '[displayName]', new: '[mail]' },
        ],
      }),
    ]);
  });

  it('tells every error with path, position, what was expected and the nearest name, and keeps the saved one', async () => {
    const doors = await openSchemaDoors();
    await doors.call(putSchema, { body: schemaOf('[mail]') });
    const before = await get(doors);
    const draft = draftSchema();
    Object.assign(draft.mapping('displayName'), { source: functionSource('Append([mail], ToLowr([mail]))') });
    draft.mapping('name.givenName').targetAttributeName = 'name.givnName';
    const refusal = await refusalOf(doors.call(putSchema, { body: draft.schema }));
    const mappings = 'synchronizationRules[0].objectMappings[0].attributeMappings';
    expect(refusal).toMatchObject({
      status: 400,
      code: 'InvalidSchema',
      target: `${mappings}[2].source.expression`,
      details: [
        {
          code: 'UnknownFunction',
          target: `${mappings}[2].source.expression`,
          message: expect.stringMatching(/^At position 15: .*ToLowr.*ToLower/),
        },
        {
          code: 'UnknownTargetAttribute',
          target: `${mappings}[3].targetAttributeName`,
          message: expect.stringMatching(/Expected an attribute of the target.*Did you mean "name.givenName"\?/),
        },
      ],
    });
    expect(await get(doors)).toBe(before);
    expect(doors.audit.at(-1)).toMatchObject({ result: 'failure', reason: expect.stringContaining('ToLowr') });
    expect(doors.tenant.queue).toHaveLength(1);
  });

  it('tells where a body stops being JSON', async () => {
    const doors = await openSchemaDoors();
    const refusal = await refusalOf(doors.call(putSchema, { body: '{\n  "synchronizationRules": [}' }));
    expect(refusal).toMatchObject({
      status: 400,
      details: [{ code: 'InvalidJson', target: '$', message: expect.stringContaining('At position 29') }],
    });
  });

  it('can be put right where the one in force cannot be used', async () => {
    const doors = await openSchemaDoors();
    await doors.schemas.save({ text: '{}', savedBy: null, savedDateTime: new Date(0).toISOString() });
    expect(await get(doors)).toBe('{}');
    expect(await doors.call(putSchema, { body: schemaOf('[mail]') })).toMatchObject({ status: 204 });
    expect(doors.audit.at(-1)?.changes).toEqual([{ name: 'schema.version', old: '2', new: '3' }]);
  });

  it('saves what is only doubtful, and warns in the answer and in the audit', async () => {
    const doors = await openSchemaDoors();
    const draft = draftSchema();
    draft.user.flowTypes = 'Add, Update, Delete';
    const answer = await doors.call(putSchema, { body: draft.schema });
    expect(answer.status).toBe(204);
    expect(answer.headers['Warning']).toMatch(
      /^199 - "synchronizationRules\[0\].objectMappings\[0\].flowTypes: Delete/,
    );
    expect(doors.audit[0]).toMatchObject({ result: 'success', reason: expect.stringContaining('flowTypes: Delete') });
  });

  it.each(['another-job', ''])('is not there for the job "%s"', async (job) => {
    const doors = await openSchemaDoors();
    for (const handler of [getSchema, putSchema, listSchemaVersions, restoreSchema]) {
      expect(await refusalOf(doors.call(handler, { params: { job } }))).toMatchObject({ status: 404 });
    }
  });
});

describe('versions of the schema', () => {
  it('are listed newest first, the deployment’s own as the first', async () => {
    const doors = await openSchemaDoors();
    await doors.call(putSchema, { body: schemaOf('[mail]') });
    await doors.call(putSchema, { body: schemaOf('[givenName]') });
    const savedDateTime = new Date(doors.tenant.clock.nowMs()).toISOString();
    expect((await doors.call(listSchemaVersions)).body).toEqual({
      value: [
        { version: 3, savedBy: 'admin-object', savedDateTime },
        { version: 2, savedBy: 'admin-object', savedDateTime },
        { version: 1, savedBy: null, savedDateTime },
      ],
    });
  });

  it('are brought back as a version of their own, with a cycle and an audit entry', async () => {
    const doors = await openSchemaDoors();
    await doors.call(putSchema, { body: schemaOf('[mail]') });
    const answer = await doors.call(restoreSchema, { params: { v: '1' } });
    expect(answer).toMatchObject({ status: 204, headers: { ETag: '"3"' } });
    expect(JSON.parse(await get(doors))).toEqual(builtInZoomSchema);
    expect(doors.audit.at(-1)?.changes).toEqual([
      { name: 'schema.version', old: '2', new: '3' },
      { name: 'user.displayName', old: '[mail]', new: '[displayName]' },
    ]);
    expect(doors.tenant.queue).toHaveLength(2);
  });

  it.each(['7', '0', '-1', 'latest', '1.0'])('that are not there answer 404: %s', async (v) => {
    const doors = await openSchemaDoors();
    await doors.call(putSchema, { body: schemaOf('[mail]') });
    expect(await refusalOf(doors.call(restoreSchema, { params: { v } }))).toMatchObject({ status: 404 });
  });

  it('guard a change against one that somebody else made meanwhile', async () => {
    const doors = await openSchemaDoors();
    const put = (expression: string, etag: string) =>
      doors.call(putSchema, { body: schemaOf(expression), headers: { 'if-match': etag } });
    expect(await refusalOf(put('[mail]', '"2"'))).toMatchObject({ status: 412 });
    expect(await put('[mail]', '"0"')).toMatchObject({ status: 204, headers: { ETag: '"2"' } });
    expect(await refusalOf(put('[surname]', '"0"'))).toMatchObject({ status: 412, code: 'PreconditionFailed' });
    expect(await refusalOf(put('[surname]', '"1"'))).toMatchObject({ status: 412 });
    expect(await refusalOf(put('[surname]', 'x'))).toMatchObject({ status: 412 });
    expect(await put('[surname]', 'W/"2"')).toMatchObject({ status: 204 });
    expect(await put('[city]', '*')).toMatchObject({ status: 204, headers: { ETag: '"4"' } });
  });
});
