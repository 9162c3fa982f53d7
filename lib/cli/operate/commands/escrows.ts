import { z } from 'zod';
import type { Command } from '../command.js';
import { readPages } from '../pages.js';
import { countOf, showInstant, showTable } from '../show.js';

const escrowShape = z.looseObject({
  id: z.string(),
  memberId: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  recommendedAction: z.string(),
  attempts: z.number(),
  nextAttemptDateTime: z.string(),
  waitsForChange: z.boolean(),
});

const columns = [
  { title: 'Source id' },
  { title: 'Code' },
  { title: 'What happened', share: 1 },
  { title: 'What to do', share: 1 },
  { title: 'Attempts' },
  { title: 'Next' },
];

export const escrows: Command = {
  name: 'escrows',
  summary: 'whose last attempt failed, why, and when the next one is',
  role: 'Provisioning.Read',
  run: async ({ api, json, tools }) => {
    const path = await api.jobPath('escrows');
    let count = 0;
    for await (const page of readPages(api, { path, most: Number.POSITIVE_INFINITY }, escrowShape)) {
      count += page.length;
      if (json) for (const escrow of page) tools.write(`${JSON.stringify(escrow)}\n`);
      else if (page.length > 0) tools.write(showTable(columns, page.map(toRow), tools.columns));
    }
    if (!json) tools.write(`${countOf(count, 'escrow')}.\n`);
    return 0;
  },
};

const toRow = (escrow: z.infer<typeof escrowShape>): readonly string[] => [
  escrow.memberId === null ? escrow.id : `${escrow.memberId} in ${escrow.id}`,
  escrow.code,
  escrow.message,
  escrow.recommendedAction,
  String(escrow.attempts),
  escrow.waitsForChange ? 'on change' : showInstant(escrow.nextAttemptDateTime),
];
