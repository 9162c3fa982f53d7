import { operationOf } from '../../engine/preview/operationOf.js';
import { isListed } from '../../engine/preview/preview.js';
import type { RecordStore } from '../../engine/state.js';
import type { ShownOperation } from './previewClient.js';

/** Where a preview and the cycle that followed it part, in words; both empty where they agree. */
export interface PreviewAgreement {
  /** Operations of the preview. */
  readonly previewed: number;
  readonly notDone: readonly string[];
  readonly notPreviewed: readonly string[];
}

type Told = Pick<ShownOperation, 'action' | 'modifiedProperties'> & { readonly sourceId: string };

const tell = ({ action, sourceId, modifiedProperties }: Told): string => {
  const values = modifiedProperties.map(
    ({ displayName, oldValue, newValue }) => `${displayName}: ${oldValue ?? 'nothing'} -> ${newValue ?? 'nothing'}`,
  );
  return `${action} ${sourceId} (${values.sort().join('; ')})`;
};

/** What was sent for whom, or held, with every value, by the cycle's own log. */
export const comparePreview = async (
  operations: readonly ShownOperation[],
  records: Pick<RecordStore, 'listByCycle'>,
  cycleId: string,
): Promise<PreviewAgreement> => {
  const left = new Set(operations.map((one) => tell({ ...one, sourceId: one.sourceIdentity.id })));
  const notPreviewed: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<RecordStore['listByCycle']>> = await records.listByCycle(cycleId, cursor);
    for (const operation of page.rows.map(operationOf)) {
      if (!isListed(operation.action)) continue;
      const told = tell(operation);
      if (!left.delete(told)) notPreviewed.push(told);
    }
    cursor = page.cursor;
  } while (cursor !== null);
  return { previewed: operations.length, notDone: [...left], notPreviewed };
};
