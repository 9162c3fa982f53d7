import type { JournalCounts } from '../zoom/journal.js';

/** Writes to users that Zoom carried out. */
export interface Writes {
  readonly created: number;
  readonly updated: number;
  readonly switched: number;
  readonly deleted: number;
}

const outcomes: Readonly<Record<keyof Writes, string>> = {
  created: 'users.create 201',
  updated: 'users.put 200',
  switched: 'users.patch 200',
  deleted: 'users.delete 204',
};

/** From Zoom's own journal, so that progress shows what arrived rather than what was meant. */
export const readWrites = ({ byOutcome }: JournalCounts): Writes => ({
  created: byOutcome[outcomes.created] ?? 0,
  updated: byOutcome[outcomes.updated] ?? 0,
  switched: byOutcome[outcomes.switched] ?? 0,
  deleted: byOutcome[outcomes.deleted] ?? 0,
});

export const writesSince = (before: Writes, now: Writes): Writes => ({
  created: now.created - before.created,
  updated: now.updated - before.updated,
  switched: now.switched - before.switched,
  deleted: now.deleted - before.deleted,
});

export const sumWrites = ({ created, updated, switched, deleted }: Writes): number =>
  created + updated + switched + deleted;

/** `12 created, 3 updated`; what did not happen is left out. */
export const describeWrites = ({ created, updated, switched, deleted }: Writes): string =>
  [
    [created, 'created'],
    [updated, 'updated'],
    [switched, 'switched on or off'],
    [deleted, 'deleted'],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, verb]) => `${count} ${verb}`)
    .join(', ');
