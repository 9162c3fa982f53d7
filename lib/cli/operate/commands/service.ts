import { z } from 'zod';
import { parseAnswer } from '../apiClient.js';
import { type Command, readCount } from '../command.js';
import { readPages } from '../pages.js';
import { type Cell, showInstant, showPairs, showTable } from '../show.js';

const auditShape = z.looseObject({
  activityDateTime: z.string(),
  activityDisplayName: z.string(),
  result: z.string(),
  initiatedBy: z.object({
    user: z.looseObject({ id: z.string() }).nullable(),
    app: z.looseObject({ appId: z.string() }).nullable(),
  }),
  targetResources: z.array(
    z.looseObject({
      modifiedProperties: z.array(
        z.object({ displayName: z.string(), oldValue: z.string().nullable(), newValue: z.string().nullable() }),
      ),
    }),
  ),
});
type Audit = z.infer<typeof auditShape>;

const usualMost = 50;
const columns = [
  { title: 'When' },
  { title: 'What', share: 2 },
  { title: 'Who', share: 2 },
  { title: 'Result' },
  { title: 'Changes', share: 3 },
];

export const audit: Command = {
  name: 'audit',
  summary: 'who changed the configuration, what and when, newest first',
  role: 'Provisioning.Read',
  options: [{ name: 'most', value: 'N', help: `how many changes at most; ${usualMost}` }],
  run: async ({ api, given, json, tools }) => {
    const most = readCount(given, 'most', usualMost);
    const listing = { path: 'auditLogs/directoryAudits', query: { $top: String(Math.min(most, 1_000)) }, most };
    for await (const entries of readPages(api, listing, auditShape)) {
      if (json) for (const entry of entries) tools.write(`${JSON.stringify(entry)}\n`);
      else if (entries.length > 0) tools.write(showTable(columns, entries.map(toRow), tools.columns));
    }
    return 0;
  },
};

const toRow = ({
  activityDateTime,
  activityDisplayName,
  result,
  initiatedBy,
  targetResources,
}: Audit): readonly Cell[] => [
  showInstant(activityDateTime),
  activityDisplayName,
  initiatedBy.user?.id ?? initiatedBy.app?.appId ?? '',
  result,
  targetResources
    .flatMap(({ modifiedProperties }) => modifiedProperties)
    .map(({ displayName, oldValue, newValue }) => `${displayName}: ${oldValue ?? '–'} → ${newValue ?? '–'}`),
];

const healthShape = z.object({
  status: z.string(),
  dependencies: z.array(z.object({ name: z.string(), state: z.string(), observedDateTime: z.string().nullable() })),
});

export const health: Command = {
  name: 'health',
  summary: 'whether the service and what it needs can be reached',
  role: null,
  details: 'Exit code 1 where settings or storage are not well.',
  run: async ({ api, json, tools }) => {
    const answer = parseAnswer(await api.call('GET', 'health', { accepts: 503 }), healthShape);
    if (json) tools.write(`${JSON.stringify(answer)}\n`);
    else {
      const rows = answer.dependencies.map(
        ({ name, state, observedDateTime }) =>
          [name, observedDateTime === null ? state : `${state}, seen ${showInstant(observedDateTime)}`] as const,
      );
      tools.write(showPairs([['service', answer.status], ...rows]));
    }
    return answer.status === 'ok' ? 0 : 1;
  },
};

const consentShape = z.object({ url: z.string(), expiresDateTime: z.string() });

export const consent: Command = {
  name: 'consent',
  summary: 'a link for a browser, where an administrator authorises the Zoom app',
  role: 'Provisioning.Configure',
  details: 'For ZOOM_AUTH=authorizationCode. The link is good once and for ten minutes.',
  run: async ({ api, json, tools }) => {
    const answer = parseAnswer(await api.call('POST', await api.jobPath('zoomConsent')), consentShape);
    if (json) tools.write(`${JSON.stringify(answer)}\n`);
    else tools.write(`${answer.url}\nGood once, until ${showInstant(answer.expiresDateTime)}.\n`);
    return 0;
  },
};
