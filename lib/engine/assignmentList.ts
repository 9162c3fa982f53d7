import { createHash } from 'node:crypto';
import type { AssignmentRow, ObjectType } from './model.js';

const idBytes = 36;
const rowBytes = 1 + 2 * idBytes;
const groupMark = 0x67;
const userMark = 0x75;

/**
 * A complete assignment list, held as fixed-size rows outside the heap: 73 bytes a row, so that a list of a hundred
 * thousand costs 7 MB. It is compared in one walk with the stored edges, which are read in the same order (groups before
 * users, each by id and role).
 */
export interface AssignmentList {
  readonly length: number;
  add(row: AssignmentRow): void;
  /** Sorts, drops repeated rows, and returns a digest that does not depend on the order the rows came in. */
  close(): string;
  at(index: number): AssignmentRow;
}

/** Starts an empty list. Ids are Graph's GUIDs; a longer text is refused by name. */
export const createAssignmentList = (): AssignmentList => {
  let rows = Buffer.alloc(1024 * rowBytes);
  let length = 0;

  const write = (text: string, offset: number): void => {
    if (text.length > idBytes) throw new RangeError(`An assignment holds an id longer than ${idBytes} characters.`);
    rows.fill(0, offset, offset + idBytes);
    rows.write(text, offset, 'latin1');
  };
  const read = (offset: number): string => {
    const end = rows.indexOf(0, offset);
    return rows.toString('latin1', offset, end < 0 || end > offset + idBytes ? offset + idBytes : end);
  };
  const compare = (a: number, b: number): number =>
    rows.compare(rows, b * rowBytes, (b + 1) * rowBytes, a * rowBytes, (a + 1) * rowBytes);

  return {
    get length() {
      return length;
    },
    add(row) {
      if ((length + 1) * rowBytes > rows.length) rows = Buffer.concat([rows, Buffer.alloc(rows.length)]);
      const offset = length * rowBytes;
      rows[offset] = row.principalType === 'group' ? groupMark : userMark;
      write(row.principalId, offset + 1);
      write(row.roleId, offset + 1 + idBytes);
      length += 1;
    },
    close() {
      const order = new Uint32Array(length).map((_, index) => index).sort(compare);
      const sorted = Buffer.alloc(Math.max(1, length) * rowBytes);
      let kept = 0;
      for (const index of order) {
        const start = index * rowBytes;
        const isRepeat =
          kept > 0 && rows.compare(sorted, (kept - 1) * rowBytes, kept * rowBytes, start, start + rowBytes) === 0;
        if (isRepeat) continue;
        rows.copy(sorted, kept * rowBytes, start, start + rowBytes);
        kept += 1;
      }
      rows = sorted;
      length = kept;
      return createHash('sha256')
        .update(rows.subarray(0, kept * rowBytes))
        .digest('hex');
    },
    at(index) {
      if (index < 0 || index >= length) throw new RangeError(`The list has no row ${index}.`);
      const offset = index * rowBytes;
      const principalType: ObjectType = rows[offset] === groupMark ? 'group' : 'user';
      return { principalType, principalId: read(offset + 1), roleId: read(offset + 1 + idBytes) };
    },
  };
};

/** The order both sides are walked in. */
export const compareAssignments = (a: AssignmentRow, b: AssignmentRow): number =>
  compareText(a.principalType, b.principalType) ||
  compareText(a.principalId, b.principalId) ||
  compareText(a.roleId, b.roleId);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
