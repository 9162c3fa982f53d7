import { z } from 'zod';
import type { Command, Invocation } from '../command.js';
import { readPages } from '../pages.js';
import { countOf, showInstant, showTable } from '../show.js';
import { UsageError } from '../tools.js';

const removalShape = z.looseObject({
  id: z.string(),
  displayName: z.string().nullable(),
  trigger: z.string(),
  removal: z.string(),
  state: z.string(),
  since: z.string(),
  due: z.string().nullable(),
});

const columns = [
  { title: 'Source id' },
  { title: 'Name', share: 1 },
  { title: 'Why' },
  { title: 'Removal' },
  { title: 'State' },
  { title: 'Since' },
  { title: 'Due' },
];

export const staged: Command = {
  name: 'staged',
  summary: 'who waits to be disabled or deleted, and who is held for a person',
  role: 'Provisioning.Read',
  run: async ({ api, json, tools }) => {
    const path = await api.jobPath('stagedRemovals');
    let count = 0;
    for await (const page of readPages(api, { path, most: Number.POSITIVE_INFINITY }, removalShape)) {
      count += page.length;
      if (json) for (const removal of page) tools.write(`${JSON.stringify(removal)}\n`);
      else if (page.length > 0) tools.write(showTable(columns, page.map(toRow), tools.columns));
    }
    if (!json) tools.write(`${countOf(count, 'removal')}.\n`);
    return 0;
  },
};

const toRow = ({ id, displayName, trigger, removal, state, since, due }: z.infer<typeof removalShape>) => [
  id,
  displayName ?? '',
  trigger,
  removal,
  state,
  showInstant(since),
  showInstant(due),
];

const mostIds = 1_000;

const decision = (name: 'release' | 'reject', summary: string, done: string): Command => ({
  name: `staged ${name}`,
  takes: 'ID… (or --all)',
  count: [0, mostIds],
  summary,
  role: 'Provisioning.Operate',
  options: [{ name: 'all', help: 'all that are held' }],
  run: async ({ api, given, json, tools }: Invocation) => {
    const ids = given.positionals;
    if (given.isSet('all') === ids.length > 0) throw new UsageError(`"staged ${name}" needs source ids, or --all.`);
    const body = ids.length > 0 ? { ids } : {};
    await api.call('POST', await api.jobPath(`stagedRemovals/${name}`), { body });
    if (!json) tools.write(`${done}\n`);
    return 0;
  },
});

export const stagedRelease = decision(
  'release',
  'lets held removals happen, where they still are due',
  'Released. They are carried out in a cycle that is on the queue now: status --watch',
);

export const stagedReject = decision(
  'reject',
  'drops held removals until their people were in scope in between',
  'Rejected. Their people stay as they are.',
);
