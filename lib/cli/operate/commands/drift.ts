import { z } from 'zod';
import { type Command, readWord } from '../command.js';
import { readPages } from '../pages.js';
import { type Cell, countOf, showTable } from '../show.js';

const driftShape = z.looseObject({
  id: z.string().nullable(),
  objectType: z.string(),
  targetId: z.string().nullable(),
  kind: z.string(),
  differences: z.array(z.object({ path: z.string(), wanted: z.unknown(), found: z.unknown() })),
});

const kinds = ['missing', 'differs', 'active', 'unmanaged'] as const;
const columns = [{ title: 'Kind' }, { title: 'Source id' }, { title: 'Account' }, { title: 'Differences', share: 1 }];

export const drift: Command = {
  name: 'drift',
  summary: 'what the last comparison found in Zoom otherwise than it was left',
  role: 'Provisioning.Read',
  details: `missing: the account is gone. differs: somebody changed it. active: somebody disabled or enabled it. unmanaged:
nobody here owns it. "run --kind reconcile" compares anew.`,
  options: [{ name: 'kind', value: 'KIND', help: kinds.join(', ') }],
  run: async ({ api, given, json, tools }) => {
    const kind = readWord(given, 'kind', kinds);
    const listing = {
      path: await api.jobPath('drift'),
      query: kind === null ? {} : { $filter: `kind eq '${kind}'` },
      most: Number.POSITIVE_INFINITY,
    };
    let count = 0;
    for await (const rows of readPages(api, listing, driftShape)) {
      count += rows.length;
      if (json) for (const row of rows) tools.write(`${JSON.stringify(row)}\n`);
      else if (rows.length > 0) tools.write(showTable(columns, rows.map(toRow), tools.columns));
    }
    if (!json) tools.write(`${countOf(count, 'finding')}.\n`);
    return 0;
  },
};

const showValue = (value: unknown): string => (value === undefined || value === null ? '–' : JSON.stringify(value));

const toRow = ({ kind, id, targetId, differences }: z.infer<typeof driftShape>): readonly Cell[] => [
  kind,
  id ?? '',
  targetId ?? '',
  differences.map(({ path, wanted, found }) => `${path}: wanted ${showValue(wanted)}, found ${showValue(found)}`),
];
