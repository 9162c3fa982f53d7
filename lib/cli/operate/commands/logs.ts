import { DateTime, Duration } from 'luxon';
import { z } from 'zod';
import { type Arguments, type Command, readCount, readWord } from '../command.js';
import { demandReportShape, showProperties, showSteps } from '../demandReport.js';
import { readPages } from '../pages.js';
import { showInstant, showPairs, showTable, showText } from '../show.js';
import { UsageError } from '../tools.js';

const { provisioningSteps, modifiedProperties } = demandReportShape.shape;
const identity = z.looseObject({
  id: z.string(),
  displayName: z.string(),
  details: z.record(z.string(), z.string()).default({}),
});
const recordShape = z.looseObject({
  id: z.string(),
  activityDateTime: z.string(),
  cycleId: z.string(),
  provisioningAction: z.string(),
  sourceIdentity: identity,
  targetIdentity: identity,
  provisioningStatusInfo: z.looseObject({
    status: z.string(),
    errorInformation: z
      .looseObject({ errorCode: z.string(), reason: z.string(), recommendedAction: z.string().nullable() })
      .nullable(),
  }),
  provisioningSteps,
  modifiedProperties,
});
type LogRecord = z.infer<typeof recordShape>;

const statuses = ['success', 'warning', 'failure', 'skipped'] as const;
const actions = ['create', 'update', 'delete', 'stagedDelete', 'disable', 'other'] as const;
const usualMost = 50;

export const logs: Command = {
  name: 'logs',
  summary: 'what was done for whom and why, newest first',
  role: 'Provisioning.Read',
  details: `Options narrow one another. For instance: why has ann no account?
  npm run -s cli -- logs --user ann@contoso.com --steps`,
  options: [
    { name: 'user', value: 'WHO', help: 'object id, or any userPrincipalName or mail somebody ever had' },
    { name: 'status', value: 'STATUS', help: statuses.join(', ') },
    { name: 'action', value: 'ACTION', help: actions.join(', ') },
    { name: 'code', value: 'CODE', help: 'an errorCode, like PendingOrForeign' },
    { name: 'cycle', value: 'ID', help: 'one cycle, or one call on demand' },
    { name: 'since', value: 'WHEN', help: 'an instant (2026-08-01T12:00Z) or a time ago (PT2H, P7D)' },
    { name: 'filter', value: 'FILTER', help: 'Graph’s $filter, beside the others' },
    { name: 'most', value: 'N', help: `how many records at most; ${usualMost}` },
    { name: 'steps', help: 'every record with its steps and values' },
  ],
  run: async ({ api, given, json, tools }) => {
    const filter = readFilter(given, tools.clock.nowMs());
    const most = readCount(given, 'most', usualMost);
    const query = { $top: String(Math.min(most, 1_000)), ...(filter === '' ? {} : { $filter: filter }) };
    let count = 0;
    for await (const records of readPages(api, { path: 'auditLogs/provisioning', query, most }, recordShape)) {
      count += records.length;
      if (json) for (const record of records) tools.write(`${JSON.stringify(record)}\n`);
      else if (given.isSet('steps')) for (const record of records) tools.write(showRecord(record, tools.columns));
      else if (records.length > 0) tools.write(showRecords(records, tools.columns));
    }
    if (count === most) tools.writeError(`No more than ${most} are shown; --most takes another number.\n`);
    else if (count === 0 && !json) tools.write('No record fits.\n');
    return 0;
  },
};

const readFilter = (given: Arguments, nowMs: number): string => {
  const equals = (member: string, value: string | null): string => (value ? `${member} eq ${quote(value)}` : '');
  const filter = given.text('filter');
  const since = given.text('since');
  return [
    whoFilter(given.text('user')),
    equals('provisioningStatusInfo/status', readWord(given, 'status', statuses)),
    equals('provisioningAction', readWord(given, 'action', actions)),
    equals('provisioningStatusInfo/errorInformation/errorCode', given.text('code')),
    equals('cycleId', given.text('cycle')),
    since === null ? '' : `activityDateTime ge ${readInstant(since, nowMs)}`,
    filter === null ? '' : `(${filter})`,
  ]
    .filter((part) => part !== '')
    .join(' and ');
};

/** A text of OData: a quote is doubled. */
const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const whoFilter = (who: string | null): string => {
  if (who === null) return '';
  if (!who.includes('@')) return `sourceIdentity/id eq ${quote(who)}`;
  const details = 'sourceIdentity/details';
  return `(${details}/userPrincipalName eq ${quote(who)} or ${details}/mail eq ${quote(who)})`;
};

const readInstant = (text: string, nowMs: number): string => {
  const ago = Duration.fromISO(text);
  const instant = ago.isValid ? DateTime.fromMillis(nowMs).minus(ago) : DateTime.fromISO(text, { zone: 'utc' });
  const iso = instant.isValid ? instant.toUTC().toISO() : null;
  if (iso === null) throw new UsageError('--since takes an instant (2026-08-01T12:00Z) or a time ago (PT2H, P7D).');
  return iso;
};

const nameOf = ({ sourceIdentity: { id, displayName, details } }: LogRecord): string =>
  details['userPrincipalName'] ?? (displayName === '' ? id : displayName);

const showRecords = (records: readonly LogRecord[], terminalColumns: number): string =>
  showTable(
    [
      { title: 'When' },
      { title: 'Who', share: 2 },
      { title: 'Action' },
      { title: 'Status' },
      { title: 'Why', share: 3 },
    ],
    records.map((record) => {
      const { status, errorInformation } = record.provisioningStatusInfo;
      const why = errorInformation ? `${errorInformation.errorCode}: ${errorInformation.reason}` : '';
      return [showInstant(record.activityDateTime), nameOf(record), record.provisioningAction, status, why];
    }),
    terminalColumns,
  );

const showRecord = (record: LogRecord, terminalColumns: number): string => {
  const { status, errorInformation } = record.provisioningStatusInfo;
  return [
    showPairs([
      ['When', showInstant(record.activityDateTime)],
      ['Who', showText(nameOf(record))],
      ['Source', record.sourceIdentity.id],
      ['Target', showText(record.targetIdentity.id)],
      ['Result', `${record.provisioningAction}: ${status}`],
      ['Code', errorInformation?.errorCode ?? ''],
      ['Reason', showText(errorInformation?.reason ?? '')],
      ['What to do', showText(errorInformation?.recommendedAction ?? '')],
      ['Cycle', record.cycleId],
      ['Record', record.id],
    ]),
    showSteps(record.provisioningSteps, terminalColumns),
    showProperties(record.modifiedProperties, terminalColumns),
    '\n',
  ].join('');
};
