import { systemClock } from '../../lib/clock.js';
import { newJob } from '../../lib/engine/newJob.js';
import type { Preview, PreviewOperation } from '../../lib/engine/preview/preview.js';
import { createState } from '../../lib/state/createState.js';
import { createPretendAccounts } from '../../lib/state/previewAccounts.js';
import { appendOperations, listOperations } from '../../lib/state/previewOperations.js';
import { overlayTables } from '../../lib/state/previewOverlay.js';
import { createPreviewStore } from '../../lib/state/previewStore.js';
import type { Tables } from '../../lib/state/tables.js';

const operation = (id: string, action: PreviewOperation['action']): PreviewOperation => ({
  id,
  action,
  sourceId: `user ${id}`,
  sourceName: '',
  userPrincipalName: null,
  targetId: null,
  code: null,
  reason: '',
  modifiedProperties: [],
});

const preview = (previewId: string, movedAt = '2026-11-23T08:00:00.000Z'): Preview => ({
  previewId,
  state: 'running',
  kind: 'incremental',
  settings: { deletionThreshold: 3 },
  isDraftSchema: false,
  requestedAt: movedAt,
  movedAt,
  endedAt: null,
  expiresAt: '2026-11-26T08:00:00.000Z',
  isPrepared: false,
  report: null,
});

let jobs = 0;
const openStore = (tables: Tables) => {
  jobs += 1;
  const options = { tables, jobId: `preview${jobs}`, clock: systemClock, newId: () => crypto.randomUUID() };
  const store = createPreviewStore({ ...options, toOperation: ({ id }) => operation(id, 'update') });
  return { store, state: createState(options), jobId: options.jobId };
};

/** What previews rely on, asked of every implementation of tables. */
export const describePreviews = (name: string, open: () => Tables): void => {
  describe(`previews ${name}`, () => {
    test('one runs at a time; one that stood still is replaced, and its schema may be longer than a row', async () => {
      const { store } = openStore(open());
      const schema = JSON.stringify(
        Array.from({ length: 9_000 }, (_none, index) => ({ index, id: crypto.randomUUID() })),
      );
      expect(await store.begin(preview('a'), schema, '2026-11-23T07:30:00.000Z')).toEqual({ kind: 'begun' });
      const refused = await store.begin(preview('b'), '{}', '2026-11-23T07:30:00.000Z');
      expect(refused).toEqual({ kind: 'running', previewId: 'a' });
      expect(await store.readSchema('b')).toBeNull();
      expect(await store.readSchema('a')).toBe(schema);
      expect(await store.update('b', (row) => row)).toBeNull();
      expect(await store.begin(preview('c'), '{}', '2026-11-23T08:30:00.000Z')).toEqual({ kind: 'begun' });
      expect(await store.update('c', (row) => ({ ...row, isPrepared: true }))).toMatchObject({ isPrepared: true });
      expect(await store.read()).toEqual({ ...preview('c'), isPrepared: true });
      await store.forget('a');
      expect(await store.read()).not.toBeNull();
      await store.forget('c');
      expect(await store.read()).toBeNull();
    });

    test('operations come by action, page by page, and written again they are one', async () => {
      const table = open().table('Preview');
      const written = [
        operation('2', 'skip'),
        operation('9', 'create'),
        operation('4', 'hold'),
        operation('1', 'update'),
      ];
      await appendOperations(table, 'ops', written);
      await appendOperations(table, 'ops', [operation('4', 'hold'), operation('3', 'create')]);
      const idsOf = async (action: Parameters<typeof listOperations>[2]) => {
        const ids: string[] = [];
        let cursor: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof listOperations>> = await listOperations(
            table,
            'ops',
            action,
            cursor,
            2,
          );
          ids.push(...page.rows.map(({ id }) => id));
          cursor = page.cursor;
        } while (cursor !== null);
        return ids;
      };
      expect(await idsOf(null)).toEqual(['3', '9', '1', '4']);
      expect(await idsOf('all')).toEqual(['3', '9', '1', '4', '2']);
      expect(await idsOf('create')).toEqual(['3', '9']);
      expect(await idsOf('delete')).toEqual([]);
    });

    test('an account is found by whatever it can be searched by, in any case', async () => {
      const accounts = createPretendAccounts(open().table('Preview'), 'accounts');
      const account = { id: 'x', userName: 'Ada@x', active: true, resource: { id: 'x' }, complete: true };
      await accounts.put({ kind: 'held', account }, [{ path: 'userName', value: 'Ada@x' }]);
      expect(await accounts.find({ path: 'USERNAME', value: 'ada@X' })).toEqual([{ kind: 'held', account }]);
      expect(await accounts.find({ path: 'userName', value: 'ben@x' })).toEqual([]);
      await accounts.put({ kind: 'deleted', id: 'x' }, []);
      expect(await accounts.read('x')).toEqual({ kind: 'deleted', id: 'x' });
      expect(await accounts.read('y')).toBeNull();
    });

    test('what a preview writes is seen in it alone, until it is removed', async () => {
      const tables = open();
      const { store, state, jobId } = openStore(tables);
      const job = await state.jobs.ensureJob({
        ...newJob(jobId, 'paused', 60_000),
        nextRunAt: '2026-11-23T09:00:00.000Z',
      });
      await state.jobs.takeLease('the cycle', 90_000);
      await store.begin(preview('p'), '{}', '2026-11-23T07:30:00.000Z');
      const desk = store.open('p');
      await desk.prepare(preview('p'));
      await desk.prepare({ ...preview('p'), kind: 'initial' });
      const control = await desk.state.jobs.read();
      expect(control).toMatchObject({ lease: null, cycle: null, request: { cycleId: 'p', kind: 'incremental' } });
      expect(control.job).toEqual({ ...job, status: 'on', settings: { ...job.settings, deletionThreshold: 3 } });
      const lease = await desk.state.jobs.takeLease('the preview', 90_000);
      expect(lease?.isLost()).toBe(false);
      const touch = { id: 'ada', type: 'user' as const };
      const gone = { reason: 'changed', since: '2026-11-23T08:00:00.000Z' } as const;
      await desk.state.commit({ objects: [{ ...touch, change: (row) => ({ ...row, gone }) }] }, null);
      expect((await desk.state.objects.read(['ada'])).size).toBe(1);
      expect((await state.objects.read(['ada'])).size).toBe(0);
      expect(await state.jobs.read()).toMatchObject({ job, lease: { owner: 'the cycle' } });
      while (await store.removePage('p', 'workings'));
      expect((await desk.state.objects.read(['ada'])).size).toBe(0);
      expect(await store.readSchema('p')).toBe('{}');
      while (await store.removePage('p', 'all'));
      expect(await store.readSchema('p')).toBeNull();
    });

    test('over tables with rows, reads fall through and nothing below is written', async () => {
      const tables = open();
      const base = tables.table('Objects');
      const put = (rowKey: string, text: string) => ({ kind: 'upsert', rowKey, columns: { text } }) as const;
      await base.transact('fall', [put('a', '1'), put('b', '1'), put('c', '1')]);
      const over = overlayTables(tables, tables.table('Preview'), 'over').table('Objects');
      const etag = (await over.get('fall', 'a'))?.etag ?? '';
      await over.transact('fall', [{ kind: 'replace', rowKey: 'a', columns: { text: '2' }, etag }]);
      expect(await over.transact('fall', [{ kind: 'create', rowKey: 'b', columns: {} }])).toMatchObject({
        reason: 'exists',
      });
      const again = await over.transact('fall', [{ kind: 'replace', rowKey: 'a', columns: { text: '3' }, etag }]);
      expect(again).toMatchObject({ kind: 'conflict', reason: 'stale' });
      await over.transact('fall', [{ kind: 'delete', rowKey: 'c' }, put('d', '2')]);
      const { rows } = await over.query({ partitionKey: 'fall' }, 10);
      expect(rows.map(({ rowKey, columns }) => `${rowKey}${columns['text']}`)).toEqual(['a2', 'b1', 'd2']);
      const below = (await base.query({ partitionKey: 'fall' }, 10)).rows;
      expect(below.map(({ rowKey, columns }) => `${rowKey}${columns['text']}`)).toEqual(['a1', 'b1', 'c1']);
    });
  });
};
