import fc from 'fast-check';
import {
  decodeKey,
  encodeKey,
  instantKey,
  instantOfNewestFirst,
  newestFirst,
  shardOf,
  shards,
} from '../../lib/state/keys.js';
import { dueRow, edgeRow, parseEdgeRow } from '../../lib/state/names.js';

const anyText = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed());
const instant = fc.integer({ min: 0, max: 253_402_300_799_999 });

describe('keys', () => {
  test('every text comes back from its key', () => {
    fc.assert(fc.property(anyText, (text) => decodeKey(encodeKey(text)) === text));
  });

  test('a key has no separator of ours and nothing that Table Storage forbids', () => {
    fc.assert(fc.property(anyText, (text) => /^[A-Za-z0-9.@:_-]*$/.test(encodeKey(text))));
  });

  test('ids and instants read in a key as they are', () => {
    const plain = 'zoom.3f2504e0-4f89-11d3-9a0c-0305e82c3301.2026-11-23T07:00:00.000Z';
    expect(encodeKey(plain)).toBe(plain);
    expect(encodeKey('a_b/c|d~é')).toBe('a_5fb_2fc_7cd_7e_c3_a9');
  });

  test('two texts never share a key', () => {
    fc.assert(fc.property(anyText, anyText, (one, other) => one === other || encodeKey(one) !== encodeKey(other)));
  });

  test('an id never changes its shard', () => {
    // Last hex digit of the SHA-256, as `printf %s ID | sha256sum` prints it.
    expect(shardOf('abc')).toBe('d');
    expect(shardOf('')).toBe('5');
    expect(shardOf('3f2504e0-4f89-11d3-9a0c-0305e82c3301')).toBe('3');
  });

  test('every id has one of the sixteen shards', () => {
    fc.assert(fc.property(anyText, (text) => shards.includes(shardOf(text))));
  });

  test('later instants sort first, and come back', () => {
    fc.assert(
      fc.property(instant, instant, (one, other) => {
        expect(instantOfNewestFirst(newestFirst(one))).toBe(one);
        expect(newestFirst(one) < newestFirst(other)).toBe(one > other);
      }),
    );
  });

  test('an instant is one key however precisely it was written', () => {
    expect(instantKey('2026-11-23T07:00:00Z')).toBe('2026-11-23T07:00:00.000Z');
    expect(instantKey('2026-11-23T08:00:00+01:00')).toBe('2026-11-23T07:00:00.000Z');
    expect(() => instantKey('soon')).toThrow('StateDefect');
  });

  test('due entries sort by instant', () => {
    fc.assert(
      fc.property(instant, instant, fc.uuid(), fc.uuid(), (one, other, id, otherId) => {
        fc.pre(one < other);
        const [first, second] = [new Date(one).toISOString(), new Date(other).toISOString()];
        expect(dueRow('user', first, id) < dueRow('user', second, otherId)).toBe(true);
      }),
    );
  });

  test('an edge comes back from its key, and groups sort before users', () => {
    const childType = fc.constantFrom('user' as const, 'group' as const);
    fc.assert(
      fc.property(childType, anyText, anyText, (type, child, role) => {
        expect(parseEdgeRow(edgeRow(type, child, role))).toEqual({ childType: type, child, role });
        expect(edgeRow('group', child, role) < edgeRow('user', role, child)).toBe(true);
      }),
    );
    expect(parseEdgeRow('x|a|b')).toBeNull();
  });
});
