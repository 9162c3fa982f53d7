import type { PreviewAgreement } from './comparePreview.js';
import type { ShownOperation, ShownPreview } from './previewClient.js';

const verbs = ['create', 'adopt', 'update', 'enable', 'disable', 'delete', 'hold'] as const;
const shownOfEach = 3;
const shownParts = 20;

const describeOperation = ({ action, sourceIdentity, reason, modifiedProperties }: ShownOperation): string => {
  const { id, displayName, userPrincipalName } = sourceIdentity;
  const who = [displayName, userPrincipalName].filter((name) => name !== null && name !== '').join(', ') || id;
  const values = modifiedProperties.map(({ displayName: path, oldValue, newValue }) => {
    const name = path.replace(/^urn:.*:/, '');
    return oldValue === null ? `${name} ${newValue}` : `${name} ${oldValue} -> ${newValue}`;
  });
  const [why = ''] = reason.split(';');
  return `  ${action} ${who}: ${action === 'create' ? why : values.join(', ') || why}`;
};

/** What the next cycle would do, with a few of each sort. */
export const describePreview = (title: string, { report, operations }: ShownPreview): string => {
  const { counts, skips, requests, error, requestedDateTime, completedDateTime } = report;
  const planned = verbs.flatMap((verb) => (counts?.[verb] ? [`${counts[verb]} to ${verb}`] : []));
  const tookMs = Date.parse(completedDateTime ?? requestedDateTime) - Date.parse(requestedDateTime);
  const skipped = Object.entries(skips ?? {}).map(([code, count]) => `${code} ${count}`);
  return [
    `Preview of ${title}: ${planned.join(', ') || 'nothing to do'}`,
    `  ${(tookMs / 1_000).toFixed(1)} s, ${requests?.graph ?? 0} requests to Graph, ${requests?.zoom ?? 0} to Zoom, all of them reads`,
    ...(skipped.length === 0 ? [] : [`  to skip: ${skipped.join(', ')}`]),
    ...(error === null ? [] : [`  would end early: ${error.code}, ${error.message}`]),
    ...verbs.flatMap((verb) => describeSome(operations.filter(({ action }) => action === verb))),
  ].join('\n');
};

const describeSome = (operations: readonly ShownOperation[]): readonly string[] => {
  const more = operations.length - shownOfEach;
  return [
    ...operations.slice(0, shownOfEach).map(describeOperation),
    ...(more > 0 ? [`    and ${more} more to ${operations[0]?.action}`] : []),
  ];
};

/** Whether the cycle did what its preview had said. */
export const describeAgreement = ({ previewed, notDone, notPreviewed }: PreviewAgreement): string => {
  const parts = [
    ...notDone.map((one) => `  not done: ${one}`),
    ...notPreviewed.map((one) => `  not previewed: ${one}`),
  ];
  if (parts.length === 0) return `As previewed: all of ${previewed} operations, value for value, and no other.`;
  return [
    `Not as previewed, in ${parts.length} operations:`,
    ...parts.slice(0, shownParts),
    ...(parts.length > shownParts ? [`  and ${parts.length - shownParts} more`] : []),
  ].join('\n');
};
