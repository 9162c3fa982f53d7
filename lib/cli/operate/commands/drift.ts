import { z } from 'zod';
import { type Command, readWord } from '../command.js';
import { readPages } from '../pages.js';
import { countOf, showTable } from '../show.js';

const driftShape = z.looseObject({
  id: z.string().nullable(),
  targetId: z.string(),
  objectType: z.string(),
  kind: z.string(),
  differences: z.array(z.object({ path: z.string(), wanted: z.unknown(), found: z.unknown() })),
});

const columns = [
  { title: 'Kind' },
  { title: 'Type' },
  { title: 'Source id' },
  { title: 'Zoom id' },
  { title: 'Wanted, and found', share: 1 },
];

export const drift: Command = {
  name: 'drift',
  summary: 'what somebody changed in Zoom, and the accounts that nobody manages',
  role: 'Provisioning.Read',
  details: 'What the last reconcile cycle found; "run --kind reconcile" looks now.',
  options: [{ name: 'kind', value: 'KIND', help: 'only missing, differs, active or unmanaged' }],
  run: async ({ api, given, json, tools }) => {
    const kind = readWord(given, 'kind', ['missing', 'differs', 'active', 'unmanaged']);
    const filter = kind === null ? '' : `?$filter=${encodeURIComponent(`kind eq '${kind}'`)}`;
    const path = `${await api.jobPath('drift')}${filter}`;
    let count = 0;
    for await (const page of readPages(api, { path, most: Number.POSITIVE_INFINITY }, driftShape)) {
      count += page.length;
      if (json) for (const row of page) tools.write(`${JSON.stringify(row)}\n`);
      else if (page.length > 0) tools.write(showTable(columns, page.map(toRow), tools.columns));
    }
    if (!json) tools.write(`${countOf(count, 'difference')}.\n`);
    return 0;
  },
};

const toRow = ({ kind, objectType, id, targetId, differences }: z.infer<typeof driftShape>): readonly string[] => [
  kind,
  objectType,
  id ?? '',
  targetId,
  differences
    .map(({ path, wanted, found }) => `${path}: ${JSON.stringify(wanted)}, ${JSON.stringify(found)}`)
    .join('; '),
];
