import type { Table, Tables, Write } from '../../lib/state/tables.js';

const put = (rowKey: string, text = 'x'): Write => ({ kind: 'upsert', rowKey, columns: { text } });
const create = (rowKey: string, text = 'x'): Write => ({ kind: 'create', rowKey, columns: { text } });

const etagOf = async (table: Table, partitionKey: string, rowKey: string): Promise<string> => {
  const entity = await table.get(partitionKey, rowKey);
  if (entity === null) throw new Error(`no row ${rowKey}`);
  return entity.etag;
};

/** What the stores rely on, asked of every implementation. `open` gives tables that nobody has written to. */
export const describeTables = (name: string, open: () => Tables): void => {
  describe(`tables ${name}`, () => {
    let tables: Tables;
    let table: Table;
    beforeAll(() => {
      tables = open();
      table = tables.table('Contract');
    });

    test('a table nobody wrote to is empty', async () => {
      const never = tables.table('Never');
      expect(await never.get('p', 'r')).toBeNull();
      expect(await never.query({ partitionKey: 'p' }, 10)).toEqual({ rows: [], after: null });
      expect(await never.remove('p', 'r', 'W/"datetime\'2026-01-01T00%3A00%3A00.0000000Z\'"')).toBe('missing');
    });

    test('a table that was dropped is gone with its rows, and one that never was is no failure', async () => {
      const dropped = tables.table('Dropped');
      await dropped.transact('p', [put('r')]);
      expect(await tables.list('Dropped')).toEqual(['Dropped']);
      await tables.drop('Dropped');
      await tables.drop('Dropped');
      expect(await tables.list('Dropped')).toEqual([]);
      expect(await dropped.query({ partitionKey: 'p' }, 10)).toEqual({ rows: [], after: null });
    });

    test('what was written comes back, with the version that the write gave', async () => {
      const written = await table.transact('read', [
        { kind: 'create', rowKey: 'r', columns: { a: '1', b: 'ü"\\{}\n' } },
      ]);
      const stored = await table.get('read', 'r');
      expect(stored?.columns).toEqual({ a: '1', b: 'ü"\\{}\n' });
      expect(written).toEqual({ kind: 'done', etags: [stored?.etag] });
    });

    test('a replace leaves no column of the row before', async () => {
      await table.transact('replace', [{ kind: 'create', rowKey: 'r', columns: { a: '1', b: '2' } }]);
      const etag = await etagOf(table, 'replace', 'r');
      await table.transact('replace', [{ kind: 'replace', rowKey: 'r', columns: { a: '3' }, etag }]);
      expect((await table.get('replace', 'r'))?.columns).toEqual({ a: '3' });
      expect(await etagOf(table, 'replace', 'r')).not.toBe(etag);
      await table.transact('replace', [{ kind: 'upsert', rowKey: 'r', columns: { c: '4' } }]);
      expect((await table.get('replace', 'r'))?.columns).toEqual({ c: '4' });
    });

    test('a row without columns is a row', async () => {
      await table.transact('bare', [{ kind: 'upsert', rowKey: 'r', columns: {} }]);
      expect((await table.get('bare', 'r'))?.columns).toEqual({});
    });

    test('the first write that does not pass is named, and nothing is written', async () => {
      await table.transact('conflict', [create('there'), create('old')]);
      const stale = await etagOf(table, 'conflict', 'old');
      await table.transact('conflict', [put('old', 'newer')]);
      const attempts: [Write, string][] = [
        [create('there'), 'exists'],
        [{ kind: 'replace', rowKey: 'old', columns: {}, etag: stale }, 'stale'],
        [{ kind: 'replace', rowKey: 'none', columns: {}, etag: stale }, 'missing'],
        [{ kind: 'delete', rowKey: 'none' }, 'missing'],
      ];
      for (const [write, reason] of attempts) {
        expect(await table.transact('conflict', [put('first'), write, put('last')])).toEqual({
          kind: 'conflict',
          index: 1,
          reason,
        });
        expect(await table.transact('conflict', [write])).toEqual({ kind: 'conflict', index: 0, reason });
      }
      const { rows } = await table.query({ partitionKey: 'conflict' }, 10);
      expect(rows.map((row) => [row.rowKey, row.columns.text])).toEqual([
        ['old', 'newer'],
        ['there', 'x'],
      ]);
    });

    test('of two failing writes the earlier is named', async () => {
      await table.transact('order', [create('a'), create('b')]);
      const writes: Write[] = [create('b'), create('a')];
      expect(await table.transact('order', writes)).toEqual({ kind: 'conflict', index: 0, reason: 'exists' });
    });

    test('a transaction of a hundred mixes every kind and gives a version for each row kept', async () => {
      await table.transact('hundred', [create('gone'), create('changed')]);
      const etag = await etagOf(table, 'hundred', 'changed');
      const result = await table.transact('hundred', [
        { kind: 'delete', rowKey: 'gone' },
        { kind: 'replace', rowKey: 'changed', columns: { text: 'y' }, etag },
        ...Array.from({ length: 98 }, (_none, index) => (index % 2 ? put : create)(`n${index}`)),
      ]);
      if (result.kind === 'conflict') throw new Error(result.reason);
      expect(result.etags[0]).toBeNull();
      expect(result.etags.slice(1).every((version) => typeof version === 'string' && version.length > 0)).toBe(true);
      expect(result.etags[1]).toBe(await etagOf(table, 'hundred', 'changed'));
      expect(result.etags[99]).toBe(await etagOf(table, 'hundred', 'n97'));
      expect(await table.get('hundred', 'gone')).toBeNull();
    });

    test('of several creators of one row exactly one wins', async () => {
      const results = await Promise.all(
        ['a', 'b', 'c', 'd'].map((text) => table.transact('race', [create('r', text)])),
      );
      expect(results.filter((result) => result.kind === 'done')).toHaveLength(1);
      expect(results.filter((result) => result.kind === 'conflict' && result.reason === 'exists')).toHaveLength(3);
    });

    test('of several writers of one version exactly one wins', async () => {
      await table.transact('swap', [create('r')]);
      const etag = await etagOf(table, 'swap', 'r');
      const results = await Promise.all(
        ['a', 'b', 'c', 'd'].map((text) =>
          table.transact('swap', [{ kind: 'replace', rowKey: 'r', columns: { text }, etag }]),
        ),
      );
      const winners = results.filter((result) => result.kind === 'done');
      expect(winners).toEqual([{ kind: 'done', etags: [await etagOf(table, 'swap', 'r')] }]);
    });

    test('a conditional delete takes only the version it was given', async () => {
      await table.transact('remove', [create('r')]);
      const stale = await etagOf(table, 'remove', 'r');
      await table.transact('remove', [put('r', 'newer')]);
      expect(await table.remove('remove', 'r', stale)).toBe('stale');
      expect(await table.remove('remove', 'r', await etagOf(table, 'remove', 'r'))).toBe('done');
      expect(await table.remove('remove', 'r', stale)).toBe('missing');
      expect(await table.get('remove', 'r')).toBeNull();
    });

    test('a range gives its rows in the order of their keys, page by page', async () => {
      const keys = ['a|1', 'a|2', 'a|3', 'b|1', 'b|2', '~due|1'];
      await table.transact(
        'range',
        keys.toReversed().map((key) => create(key)),
      );
      await table.transact('range2', [create('a|1')]);
      const read = async (range: object, limit: number): Promise<string[][]> => {
        const pages: string[][] = [];
        let after: string | null = null;
        do {
          const page = await table.query({ partitionKey: 'range', ...range, after }, limit);
          pages.push(page.rows.map((row) => row.rowKey));
          after = page.after;
        } while (after !== null);
        return pages.filter((page) => page.length > 0);
      };
      expect(await read({}, 100)).toEqual([keys]);
      expect(await read({}, 4)).toEqual([keys.slice(0, 4), keys.slice(4)]);
      expect(await read({}, 3)).toEqual([keys.slice(0, 3), keys.slice(3)]);
      expect(await read({ from: 'a|2', before: 'b|2' }, 2)).toEqual([['a|2', 'a|3'], ['b|1']]);
      expect(await read({ before: '~' }, 100)).toEqual([keys.slice(0, 5)]);
      expect(await read({ from: 'c', before: 'd' }, 100)).toEqual([]);
    });

    test('a page goes on after its last key although rows came and went', async () => {
      await table.transact(
        'moving',
        ['a', 'b', 'c', 'd'].map((key) => create(key)),
      );
      const first = await table.query({ partitionKey: 'moving' }, 2);
      await table.transact('moving', [{ kind: 'delete', rowKey: 'b' }, create('aa'), create('bb')]);
      const second = await table.query({ partitionKey: 'moving', after: first.after }, 10);
      expect(second.rows.map((row) => row.rowKey)).toEqual(['bb', 'c', 'd']);
    });

    test('a page has a thousand rows at most', async () => {
      for (let block = 0; block < 11; block += 1) {
        const keys = Array.from({ length: 100 }, (_none, index) => String(block * 100 + index).padStart(5, '0'));
        await table.transact(
          'long',
          keys.map((key) => create(key)),
        );
      }
      const page = await table.query({ partitionKey: 'long' }, 5_000);
      expect(page.rows).toHaveLength(1_000);
      expect(page.after).toBe('00999');
    });

    test('keys hold what our alphabet leaves in them', async () => {
      const key = "zoom.a-b_2f@x.com:1|~=+&' ()";
      await table.transact(key, [create(key), put(`${key}2`)]);
      expect((await table.get(key, key))?.rowKey).toBe(key);
      expect((await table.query({ partitionKey: key, from: key }, 10)).rows).toHaveLength(2);
      expect(await table.transact(key, [{ kind: 'delete', rowKey: key }])).toEqual({ kind: 'done', etags: [null] });
    });

    test.each<[string, string, () => Write[]]>([
      ['no write at all', 'StateDefect', () => []],
      ['101 writes', 'StateDefect', () => Array.from({ length: 101 }, (_none, index) => put(`r${index}`))],
      ['two writes to one row', 'StateDefect', () => [put('r'), { kind: 'delete', rowKey: 'r' }]],
      ['a slash in a key', 'StateDefect', () => [put('a/b')]],
      ['a control character in a key', 'StateDefect', () => [put('a\tb')]],
      ['a key of 600 characters', 'StateLimitExceeded', () => [put('k'.repeat(600))]],
      ['a value of 32,769 characters', 'StateLimitExceeded', () => [put('r', 'v'.repeat(32_769))]],
      [
        'a row above 1 MiB',
        'StateLimitExceeded',
        () => [
          {
            kind: 'upsert',
            rowKey: 'r',
            columns: Object.fromEntries(
              Array.from({ length: 20 }, (_none, index) => [`c${index}`, 'v'.repeat(30_000)]),
            ),
          },
        ],
      ],
      [
        '253 columns',
        'StateLimitExceeded',
        () => [
          {
            kind: 'upsert',
            rowKey: 'r',
            columns: Object.fromEntries(Array.from({ length: 253 }, (_none, index) => [`c${index}`, ''])),
          },
        ],
      ],
      [
        '4 MiB',
        'StateDefect',
        () => Array.from({ length: 100 }, (_none, index) => put(`r${index}`, 'v'.repeat(15_000))),
      ],
    ])('%s is refused before it is sent', async (_what, code, writes) => {
      await expect(table.transact('refused', writes())).rejects.toMatchObject({ fault: { code } });
      expect((await table.query({ partitionKey: 'refused' }, 1)).rows).toEqual([]);
    });

    test('the largest value and a hundred large rows pass', async () => {
      const value = 'v'.repeat(32_768);
      await table.transact('large', [put('value', value)]);
      expect((await table.get('large', 'value'))?.columns.text).toBe(value);
      await table.transact(
        'large',
        Array.from({ length: 100 }, (_none, index) => put(`r${index}`, 'é"'.repeat(4_000))),
      );
      expect((await table.query({ partitionKey: 'large' }, 1_000)).rows).toHaveLength(101);
    });

    test('tables are listed by the beginning of their names once something was written', async () => {
      await tables.table('ListedB').transact('p', [put('r')]);
      await tables.table('ListedA').transact('p', [put('r')]);
      await tables.table('ListedC').get('p', 'r');
      await tables.table('Other').transact('p', [put('r')]);
      expect(await tables.list('Listed')).toEqual(['ListedA', 'ListedB']);
    });
  });
};
