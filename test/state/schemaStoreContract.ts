import type { Blobs } from '../../lib/state/blobs.js';
import { createSchemaStore } from '../../lib/state/schemaStore.js';

const draftOf = (text: string, savedBy: string | null = 'admin') => ({
  text,
  savedBy,
  savedDateTime: '2026-08-01T10:00:00.000Z',
});

/** What holds for saved schemas, whatever container they stand in. Each job begins with nothing. */
export const describeSchemaStore = (where: string, open: () => Blobs): void => {
  describe(`saved schemas ${where}`, () => {
    let jobs = 0;
    let ids = 0;
    const storeOf = (jobId: string) => createSchemaStore({ blobs: open(), jobId, newId: () => `id-${++ids}` });
    const newStore = () => storeOf(`zoom.t.${++jobs}`);

    test('there is none at first', async () => {
      const store = newStore();
      expect(await store.readCurrent()).toBeNull();
      expect(await store.listVersions()).toEqual([]);
      expect(await store.readText(1)).toBeNull();
    });

    test('what was saved comes back to the letter', async () => {
      const store = newStore();
      const text = '\uFEFF{ "b": 1.0,\r\n\t"a": "ä\\u00e4😀", "b": 2, "9": 12345678901234567890 }\n';
      await store.save(draftOf(text));
      expect(await store.readText(1)).toBe(text);
    });

    test('every save is a version of its own, the newest in force', async () => {
      const store = newStore();
      await store.save(draftOf('one', null));
      await store.save(draftOf('two'));
      expect(await store.save(draftOf('three', 'other'))).toEqual({
        kind: 'saved',
        saved: { version: 3, savedBy: 'other', savedDateTime: '2026-08-01T10:00:00.000Z' },
      });
      expect(await store.readCurrent()).toMatchObject({ version: 3, savedBy: 'other' });
      expect((await store.listVersions()).map(({ version, savedBy }) => [version, savedBy])).toEqual([
        [3, 'other'],
        [2, 'admin'],
        [1, null],
      ]);
      expect(await Promise.all([1, 2, 3, 4].map(store.readText))).toEqual(['one', 'two', 'three', null]);
    });

    test('of those who save at once nobody loses a version', async () => {
      const jobId = `zoom.t.${++jobs}`;
      const texts = ['a', 'b', 'c', 'd'];
      const results = await Promise.all(texts.map((text) => storeOf(jobId).save(draftOf(text))));
      const store = storeOf(jobId);
      const numbers = results.map((result) => (result.kind === 'saved' ? result.saved.version : 0));
      expect([...numbers].sort()).toEqual([1, 2, 3, 4]);
      expect(await Promise.all(numbers.map(store.readText))).toEqual(texts);
    });

    test('a save whose answer was lost is one version', async () => {
      const blobs = open();
      const jobId = `zoom.t.${++jobs}`;
      let isLost = true;
      const forgetful: Blobs = {
        ...blobs,
        write: async (name, text, etag) => {
          const isWritten = await blobs.write(name, text, etag);
          if (!isLost || !name.endsWith('index.json')) return isWritten;
          isLost = false;
          return false;
        },
      };
      const store = createSchemaStore({ blobs: forgetful, jobId, newId: () => `id-${++ids}` });
      expect(await store.save(draftOf('one'))).toMatchObject({ kind: 'saved', saved: { version: 1 } });
      expect(await store.listVersions()).toHaveLength(1);
    });

    test('a save that expects another version in force changes nothing', async () => {
      const store = newStore();
      expect(await store.save(draftOf('one'), null)).toMatchObject({ kind: 'saved' });
      expect(await store.save(draftOf('again'), null)).toMatchObject({ kind: 'superseded', current: { version: 1 } });
      expect(await store.save(draftOf('two'), 1)).toMatchObject({ kind: 'saved', saved: { version: 2 } });
      expect(await store.save(draftOf('late'), 1)).toMatchObject({ kind: 'superseded', current: { version: 2 } });
      expect(await store.listVersions()).toHaveLength(2);
    });

    test('jobs do not see one another', async () => {
      const [one, other] = [newStore(), newStore()];
      await one.save(draftOf('one'));
      expect(await other.readCurrent()).toBeNull();
    });

    test('an index that was changed by hand is named', async () => {
      const jobId = `zoom.t.${++jobs}`;
      await open().write(`${jobId}/index.json`, '{"versions":[{"version":"1"}]}', null);
      await expect(storeOf(jobId).readCurrent()).rejects.toMatchObject({ fault: { code: 'StateRowUnreadable' } });
    });
  });
};
