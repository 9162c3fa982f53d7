import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import { mapForCreateUnique } from '../../lib/mapping/mapForCreateUnique.js';
import { draftSchema, functionSource } from '../schema/schemaDraft.js';

const path = 'displayName';
const expression = 'SelectUniqueValue([givenName], Append([givenName], "1"), Append([givenName], "2"))';
const mina = { givenName: 'mina', userPrincipalName: 'mina@x.example', IsSoftDeleted: false };

const compile = (text = expression) => {
  const draft = draftSchema();
  Object.assign(draft.mapping(path), { source: functionSource(text), flowType: 'ObjectAddOnly' });
  const mapping = compileObjectMapping(draft.schema, 'user');
  if (mapping === null) throw new Error('The schema maps users');
  return mapping;
};

/** A target that holds these values, and notes what it was asked. */
const holding = (...taken: string[]) => {
  const asked: string[] = [];
  const isTaken = async (at: string, value: string) => {
    expect(at).toBe(path);
    asked.push(value);
    return taken.includes(value);
  };
  return { asked, isTaken };
};

test('a mapping that must ask the target says so', () => {
  expect(compile().unique).toEqual([path]);
});

test.each([
  [[], 'mina', ['mina']],
  [['mina'], 'mina1', ['mina', 'mina1']],
  [['mina', 'mina1'], 'mina2', ['mina', 'mina1', 'mina2']],
])('with %j taken the value is %s, and nothing is asked twice', async (taken, expected, questions) => {
  const target = holding(...taken);
  const mapped = await mapForCreateUnique(compile(), mina, 0, target.isTaken);
  expect(mapped.values[path]).toBe(expected);
  expect(target.asked).toEqual(questions);
});

test('with all taken there is a fault and no value', async () => {
  const mapped = await mapForCreateUnique(compile(), mina, 0, holding('mina', 'mina1', 'mina2').isTaken);
  expect(mapped.values).not.toHaveProperty(path);
  expect(mapped.faults).toEqual([expect.objectContaining({ path, code: 'NoUniqueValue' })]);
});

test('what the target cannot answer goes to the caller', async () => {
  const asking = mapForCreateUnique(compile(), mina, 0, async () => {
    throw new Error('down');
  });
  await expect(asking).rejects.toThrow('down');
});

test('rules that never give the same value twice come to an end', async () => {
  let count = 0;
  const endless = {
    mapForCreate: (_: object, __: number, isTaken?: (at: string, value: string) => boolean) => {
      count += 1;
      const value = `v${count}`;
      return isTaken?.(path, value) === true
        ? { values: {}, faults: [{ path, code: 'NoUniqueValue', message: 'all taken' }] }
        : { values: { [path]: value }, faults: [] };
    },
  };
  const mapped = await mapForCreateUnique(endless, mina, 0, async () => true);
  expect(mapped.faults).toHaveLength(1);
  expect(count).toBeLessThan(100);
});

test('without a target to ask nothing is chosen', () => {
  expect(compile().mapForCreate(mina, 0).faults).toEqual([expect.objectContaining({ path, code: 'NoUniqueLookup' })]);
});
