import { createJobSchemas } from '../../lib/compose/jobSchemas.js';
import type { SchemaStore } from '../../lib/engine/schemaStore.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { createMemoryBlobs } from '../../lib/state/memoryBlobs.js';
import { createSchemaStore } from '../../lib/state/schemaStore.js';
import { draftSchema, functionSource } from '../schema/schemaDraft.js';

const firstText = JSON.stringify(builtInZoomSchema);
const textOf = (expression: string): string => {
  const draft = draftSchema();
  Object.assign(draft.mapping('displayName'), { source: functionSource(expression) });
  return JSON.stringify(draft.schema);
};
const draftOf = (text: string) => ({ text, savedBy: 'admin', savedDateTime: '2026-08-01T10:00:00.000Z' });

/** One store, for as many processes as a test opens. */
const createStore = (): SchemaStore => {
  let ids = 0;
  return createSchemaStore({
    blobs: createMemoryBlobs(),
    jobId: 'zoom.t.s',
    newId: () => {
      ids += 1;
      return String(ids);
    },
  });
};

describe('the schemas of a job', () => {
  it('are the deployment’s own until one is saved, in every process that runs or starts', async () => {
    const store = createStore();
    const [running, saving] = [createJobSchemas(store, firstText), createJobSchemas(store, firstText)];
    const own = await running.current();
    expect(own).toMatchObject({ version: null, text: firstText });
    await saving.save(draftOf(textOf('[mail]')));
    for (const schemas of [running, saving, createJobSchemas(store, textOf('[city]'))]) {
      expect(await schemas.current()).toMatchObject({ version: { version: 2 }, text: textOf('[mail]') });
      expect(await schemas.isSuperseded(own.mapping)).toBe(true);
    }
  });

  it('are compiled once a version', async () => {
    const store = createStore();
    const schemas = createJobSchemas(store, firstText);
    await schemas.save(draftOf(textOf('[mail]')));
    const { mapping } = await schemas.current();
    expect((await schemas.current()).mapping).toBe(mapping);
    await schemas.save(draftOf(textOf('[city]')));
    expect((await schemas.current()).mapping).not.toBe(mapping);
  });

  it('are not superseded by one that says the same', async () => {
    const schemas = createJobSchemas(createStore(), firstText);
    const { mapping } = await schemas.current();
    await schemas.save(draftOf(JSON.stringify(builtInZoomSchema, null, 4)));
    expect(await schemas.isSuperseded(mapping)).toBe(false);
  });

  it('mean something else under another precedence of roles, and the same under the default one', async () => {
    const rolePrecedence = ['Guest', 'pro'];
    const [plain, told, other] = await Promise.all(
      [{}, { rolePrecedence: [] }, { rolePrecedence }].map((options) =>
        createJobSchemas(createStore(), firstText, options).current(),
      ),
    );
    expect(told?.mapping.schemaVersion).toBe(plain?.mapping.schemaVersion);
    expect(other?.mapping.schemaVersion).not.toBe(plain?.mapping.schemaVersion);
    const roles = ['Licensed', 'Basic'].map((value) => ({ id: value, displayName: value, value }));
    const attributes = { userPrincipalName: 'ada@contoso.example', appRoleAssignments: roles };
    const typeUnder = (current: typeof plain) => current?.mapping.mapForCreate(attributes, 0).values['userType'];
    const basicFirst = await createJobSchemas(createStore(), firstText, { rolePrecedence: ['basic'] }).current();
    expect([typeUnder(plain), typeUnder(other), typeUnder(basicFirst)]).toEqual(['Licensed', 'Licensed', 'Basic']);
  });

  it('keep the deployment’s own as version 1, whoever of two saves first', async () => {
    const store = createStore();
    const texts = [textOf('[mail]'), textOf('[city]')];
    await Promise.all(texts.map((text) => createJobSchemas(store, firstText).save(draftOf(text))));
    expect((await store.listVersions()).map(({ version, savedBy }) => [version, savedBy])).toEqual([
      [3, 'admin'],
      [2, 'admin'],
      [1, null],
    ]);
    expect(await store.readText(1)).toBe(firstText);
    expect(await Promise.all([2, 3].map(store.readText))).toEqual(expect.arrayContaining(texts));
  });

  it('are not saved where another is in force than the one that was expected', async () => {
    const store = createStore();
    const schemas = createJobSchemas(store, firstText);
    expect(await schemas.save(draftOf(textOf('[mail]')), 5)).toEqual({ kind: 'superseded', current: null });
    expect(await store.readCurrent()).toBeNull();
    expect(await schemas.save(draftOf(textOf('[mail]')), null)).toMatchObject({ kind: 'saved', saved: { version: 2 } });
    expect(await schemas.save(draftOf(textOf('[city]')), null)).toMatchObject({ kind: 'superseded' });
  });

  it('tell of a saved one that this version cannot use, with the place and what to do', async () => {
    const store = createStore();
    await store.save(draftOf(textOf('Nope([mail])')));
    const schemas = createJobSchemas(store, firstText);
    expect(await schemas.readInForce()).toMatchObject({ version: { version: 1 }, text: textOf('Nope([mail])') });
    await expect(schemas.current()).rejects.toMatchObject({
      name: 'SavedSchemaError',
      message: expect.stringMatching(
        /^Schema version 1 cannot be used: .*source\.expression: .*Nope.* bring one back\.$/,
      ),
    });
    await schemas.save(draftOf(textOf('[mail]')));
    expect(await schemas.current()).toMatchObject({ version: { version: 2 } });
  });
});
