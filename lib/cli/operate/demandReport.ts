import { z } from 'zod';
import { showPairs, showTable, showText } from './show.js';

const property = z.looseObject({
  displayName: z.string(),
  oldValue: z.string().nullable(),
  newValue: z.string().nullable(),
});
const step = z.looseObject({
  name: z.string(),
  status: z.string(),
  description: z.string(),
  details: z.record(z.string(), z.string()).default({}),
});
const identity = z.looseObject({ id: z.string(), displayName: z.string().nullable() });

/** One person's way through the steps, as the service shows it on demand. */
export const demandReportShape = z.looseObject({
  action: z.string(),
  reportableIdentifier: z.string().optional(),
  statusInfo: z.looseObject({
    status: z.string(),
    errorCode: z.string().nullable(),
    reason: z.string().nullable(),
    recommendedAction: z.string().nullable(),
  }),
  modifiedProperties: z.array(property),
  provisioningSteps: z.array(step),
  sourceIdentity: identity.optional(),
  targetIdentity: identity.optional(),
});

export type DemandReport = z.infer<typeof demandReportShape>;
export type ShownStep = z.infer<typeof step>;
export type ShownProperty = z.infer<typeof property>;

/** Steps with what was read, evaluated or sent in each. */
export const showSteps = (steps: readonly ShownStep[], terminalColumns: number): string =>
  steps.length === 0
    ? ''
    : showTable(
        [{ title: 'Step' }, { title: 'Status' }, { title: 'What happened', share: 1 }, { title: 'Seen', share: 2 }],
        steps.map(({ name, status, description, details }) => [
          name,
          status,
          description,
          Object.entries(details).map(([key, value]) => `${key}: ${value}`),
        ]),
        terminalColumns,
      );

/** Old and new values. */
export const showProperties = (properties: readonly ShownProperty[], terminalColumns: number): string =>
  properties.length === 0
    ? ''
    : showTable(
        [
          { title: 'Attribute', share: 1 },
          { title: 'Before', share: 1 },
          { title: 'After', share: 1 },
        ],
        properties.map(({ displayName, oldValue, newValue }) => [displayName, oldValue ?? '', newValue ?? '']),
        terminalColumns,
      );

/** One person, for a terminal. */
export const showDemand = (report: DemandReport, terminalColumns: number): string => {
  const { statusInfo, sourceIdentity, targetIdentity, action } = report;
  const who = report.reportableIdentifier ?? sourceIdentity?.displayName ?? sourceIdentity?.id ?? '';
  return [
    showPairs([
      ['Person', showText(who)],
      ['Source', sourceIdentity?.id ?? ''],
      ['Target', targetIdentity?.id ?? ''],
      ['Result', `${action}: ${statusInfo.status}`],
      ['Code', statusInfo.errorCode ?? ''],
      ['Reason', showText(statusInfo.reason ?? '')],
      ['What to do', showText(statusInfo.recommendedAction ?? '')],
    ]),
    showSteps(report.provisioningSteps, terminalColumns),
    showProperties(report.modifiedProperties, terminalColumns),
  ].join('');
};
