import { limitExceeded, stateDefect } from './faults.js';
import type { Columns, Write } from './tables.js';

/** Table Storage's limits (Azure, scalability targets); the emulator enforces only some of them. */
export const maxWrites = 100;
export const maxValueChars = 32_768;
const maxRowBytes = 1_048_576;
const maxColumns = 252;
const maxPayloadBytes = 4 * 1_048_576;
/** Leaves room for a write that joins a transaction later. */
const maxPackedBytes = 3.5 * 1_048_576;
/** The documents say 1 KiB a key; two bytes a character stays within either reading. */
const maxKeyChars = 512;
/** Headers and boundaries of one write in a `$batch` body, at most. */
const overheadBytes = 1_500;
const allowedKey = /^[\x20-\x22\x24-\x2e\x30-\x3e\x40-\x5b\x5d-\x7e]*$/;

const columnsOf = (write: Write): Columns => (write.kind === 'delete' ? {} : write.columns);

/** What a write takes of a transaction's body at most: UTF-8 has up to three bytes a character, JSON escapes a few. */
export const payloadBytes = (write: Write): number => {
  let chars = write.rowKey.length;
  for (const [name, value] of Object.entries(columnsOf(write))) chars += name.length + value.length + 6;
  return overheadBytes + 3 * chars;
};

const checkKey = (where: string, key: string): void => {
  if (key.length > maxKeyChars)
    throw limitExceeded(where, `a key has ${key.length} characters, at most ${maxKeyChars}.`);
  if (!allowedKey.test(key)) throw stateDefect(`${where}: a key holds a character that Table Storage forbids.`);
};

const checkColumns = (where: string, columns: Columns): void => {
  const entries = Object.entries(columns);
  if (entries.length > maxColumns) throw limitExceeded(where, `${entries.length} columns, at most ${maxColumns}.`);
  let bytes = 0;
  for (const [name, value] of entries) {
    if (value.length > maxValueChars) {
      throw limitExceeded(`${where}, column ${name}`, `${value.length} characters, at most ${maxValueChars}.`);
    }
    bytes += 2 * (name.length + value.length) + 8;
  }
  if (bytes > maxRowBytes) throw limitExceeded(where, `the row has ${bytes} bytes, at most ${maxRowBytes}.`);
};

/** Throws `FaultError` for a transaction that Azure would refuse, although the emulator may take it. */
export const checkTransaction = (table: string, partitionKey: string, writes: readonly Write[]): void => {
  if (writes.length === 0 || writes.length > maxWrites) {
    throw stateDefect(`Table ${table}: a transaction has 1 to ${maxWrites} writes, not ${writes.length}.`);
  }
  checkKey(`Table ${table}, partition ${partitionKey}`, partitionKey);
  const seen = new Set<string>();
  let bytes = 0;
  for (const write of writes) {
    const where = `Table ${table}, row ${write.rowKey}`;
    if (seen.has(write.rowKey)) throw stateDefect(`${where}: a transaction writes each row once.`);
    seen.add(write.rowKey);
    checkKey(where, write.rowKey);
    checkColumns(where, columnsOf(write));
    bytes += payloadBytes(write);
  }
  if (bytes >= maxPayloadBytes) {
    throw stateDefect(`Table ${table}: a transaction of about ${bytes} bytes, at most ${maxPayloadBytes}.`);
  }
};

/**
 * Cuts groups of writes into transactions that Azure takes. A group stays in one transaction, and groups keep their
 * order. `reserved` writes are left free in each.
 */
export const packTransactions = <Group>(
  groups: readonly Group[],
  writesOf: (group: Group) => readonly Write[],
  reserved = 0,
): readonly (readonly Group[])[] => {
  const packs: Group[][] = [];
  let pack: Group[] = [];
  let count = 0;
  let bytes = 0;
  for (const group of groups) {
    const writes = writesOf(group);
    const size = writes.reduce((sum, write) => sum + payloadBytes(write), 0);
    if (pack.length > 0 && (count + writes.length > maxWrites - reserved || bytes + size >= maxPackedBytes)) {
      packs.push(pack);
      pack = [];
      count = 0;
      bytes = 0;
    }
    pack.push(group);
    count += writes.length;
    bytes += size;
  }
  return pack.length > 0 ? [...packs, pack] : packs;
};
