import { z } from 'zod';
import type {
  DelayedPair,
  ExportedMembership,
  MemberEscrow,
  MemberMark,
  MemberPair,
  MemberStore,
  Membership,
} from '../engine/groups/memberStore.js';
import { jsonColumn, type RowPlace, readJson, readText } from './columns.js';
import { rowUnreadable } from './faults.js';
import { decodeKey, encodeKey, instantKey } from './keys.js';
import { type Partitions, tableNames } from './names.js';
import { deleteRows, upsertRows } from './plainRows.js';
import { settleAll } from './settle.js';
import { fault } from './shapes.js';
import type { Columns, EntityPage, StoredEntity, Tables } from './tables.js';

const listedMembers = 1_000;
/** Stands for every pair of a group; encoded ids never hold it. */
const wholeGroup = '~';
const exportedShape: z.ZodType<ExportedMembership> = z.object({
  group: z.string(),
  member: z.string(),
  isCertain: z.boolean(),
});

const escrowShape: z.ZodType<MemberEscrow> = z.object({ attempts: z.int(), since: z.string(), fault });

const toColumns = ({ wanted, exported, escrow }: Membership): Columns => ({
  wanted: String(wanted),
  ...(exported === null ? {} : jsonColumn('exported', exported)),
  ...(escrow === null ? {} : jsonColumn('escrow', escrow)),
});

const parseMembership = (table: string, group: string, entity: StoredEntity): Membership => {
  const place: RowPlace = { table, rowKey: entity.rowKey, columns: entity.columns };
  return {
    group,
    user: decodeKey(entity.rowKey),
    wanted: readText(place, 'wanted') === 'true',
    exported: readJson(place, 'exported', exportedShape) ?? null,
    escrow: readJson(place, 'escrow', escrowShape) ?? null,
  };
};

/** `due` in the order of instants, group and user: the key of a pair that waits. */
const parseDelayed = (table: string, { rowKey }: StoredEntity): DelayedPair => {
  const [due, group, user] = rowKey.split('|');
  if (due === undefined || group === undefined || user === undefined) {
    throw rowUnreadable(table, rowKey, 'RowKey', 'no pair that waits.');
  }
  return { group: decodeKey(group), user: userOf(user), due };
};

const isNeither = ({ wanted, exported }: Membership): boolean => !wanted && exported === null;

const userKey = (user: string | null): string => (user === null ? wholeGroup : encodeKey(user));
const userOf = (key: string): string | null => (key === wholeGroup ? null : decodeKey(key));

/** Table `GroupMembers`: a partition for each group, and one for the marks of all. `newId`: ids in order of time. */
export const createMemberStore = (tables: Tables, partitions: Partitions, newId: () => string): MemberStore => {
  const table = tables.table(tableNames.groupMembers);
  const markKey = ({ group, user, stamp }: MemberMark): string => `${encodeKey(group)}|${userKey(user)}|${stamp}`;
  const parseMark = ({ rowKey }: StoredEntity): MemberMark => {
    const [group, user, stamp] = rowKey.split('|');
    if (group === undefined || user === undefined || stamp === undefined) {
      throw rowUnreadable(table.name, rowKey, 'RowKey', 'no mark.');
    }
    return { group: decodeKey(group), user: userOf(user), stamp };
  };
  const mark = (pairs: readonly MemberPair[]): Promise<void> => {
    const stamp = encodeKey(newId());
    return upsertRows(
      table,
      partitions.memberMarks,
      pairs.map((pair): [string, Columns] => [markKey({ ...pair, stamp }), {}]),
    );
  };
  return {
    mark,
    listMarks: async (behind, limit) => {
      const from = behind === null ? {} : { from: `${encodeKey(behind)}|${wholeGroup}${wholeGroup}` };
      const marks: MemberMark[] = [];
      let after: string | null = null;
      do {
        const range = { partitionKey: partitions.memberMarks, ...from, after };
        const page: EntityPage = await table.query(range, limit - marks.length);
        marks.push(...page.rows.map(parseMark));
        after = page.after;
      } while (after !== null && marks.length < limit);
      return marks;
    },
    removeMarks: (marks) => deleteRows(table, partitions.memberMarks, marks.map(markKey)),
    delay: (pairs, due) =>
      upsertRows(
        table,
        partitions.delayedMembers,
        pairs.map(({ group, user }): [string, Columns] => [
          `${instantKey(due)}|${encodeKey(group)}|${userKey(user)}`,
          {},
        ]),
      ),
    takeDue: async (before) => {
      const range = { partitionKey: partitions.delayedMembers, before: `${instantKey(before)}~` };
      const { rows } = await table.query(range, listedMembers);
      if (rows.length === 0) return false;
      await mark(rows.map((row) => parseDelayed(table.name, row)));
      await deleteRows(
        table,
        partitions.delayedMembers,
        rows.map(({ rowKey }) => rowKey),
      );
      return true;
    },
    listDelayed: async (cursor, limit) => {
      const range = { partitionKey: partitions.delayedMembers, after: cursor };
      const { rows, after } = await table.query(range, limit);
      return { pairs: rows.map((row) => parseDelayed(table.name, row)), cursor: after };
    },
    read: async (group, users) => {
      const found = await settleAll(users, async (user) => {
        const entity = await table.get(partitions.members(group), encodeKey(user));
        return entity ? [parseMembership(table.name, group, entity)] : [];
      });
      return new Map(found.flat().map((row) => [row.user, row]));
    },
    list: async (group, cursor) => {
      const page = await table.query({ partitionKey: partitions.members(group), after: cursor }, listedMembers);
      return { rows: page.rows.map((entity) => parseMembership(table.name, group, entity)), cursor: page.after };
    },
    put: async (rows) => {
      await settleAll(
        Map.groupBy(rows, ({ group }) => group),
        async ([group, ofGroup]) => {
          const kept = ofGroup.filter((row) => !isNeither(row));
          const gone = ofGroup.filter(isNeither);
          const partition = partitions.members(group);
          await upsertRows(
            table,
            partition,
            kept.map((row): [string, Columns] => [encodeKey(row.user), toColumns(row)]),
          );
          await deleteRows(
            table,
            partition,
            gone.map(({ user }) => encodeKey(user)),
          );
        },
      );
    },
  };
};
