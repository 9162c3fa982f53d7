import type { Preview, PreviewOperation } from '../engine/preview/preview.js';

/** The report of a preview as the API shows it. While it runs it has no counts, and the operations so far. */
export const toPreviewReport = (
  preview: Preview,
  operations: readonly PreviewOperation[],
  nextLink: string | null,
): Readonly<Record<string, unknown>> => {
  const { report } = preview;
  return {
    id: preview.previewId,
    state: preview.state,
    kind: report?.kind ?? preview.kind,
    schema: preview.isDraftSchema ? 'draft' : 'current',
    requestedDateTime: preview.requestedAt,
    completedDateTime: preview.endedAt,
    expirationDateTime: preview.expiresAt,
    counts: report?.counts ?? null,
    skips: report?.skips ?? null,
    failures: report?.failures ?? null,
    requests: report && { graph: report.graphRequests, zoom: report.zoomRequests },
    incomplete: report?.isIncomplete ?? false,
    error: report?.fault
      ? {
          code: report.fault.code,
          message: report.fault.message,
          recommendedAction: report.fault.recommendedAction,
        }
      : null,
    operations: operations.map(toOperation),
    ...(nextLink === null ? {} : { 'operations@nextLink': nextLink }),
  };
};

const toOperation = (operation: PreviewOperation): Readonly<Record<string, unknown>> => ({
  id: operation.id,
  action: operation.action,
  sourceIdentity: {
    id: operation.sourceId,
    displayName: operation.sourceName,
    userPrincipalName: operation.userPrincipalName,
  },
  targetIdentity: operation.targetId === null ? null : { id: operation.targetId },
  modifiedProperties: operation.modifiedProperties,
  code: operation.code,
  reason: operation.reason,
});
