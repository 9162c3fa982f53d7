import { operationOf } from '../../lib/engine/preview/operationOf.js';
import { isListed, type PreviewOperation } from '../../lib/engine/preview/preview.js';
import type { RecordRow } from '../../lib/engine/record.js';

/** What a preview must get right of an operation: all that a person is told, but the ids of accounts yet to be made. */
const tellAll = (operation: PreviewOperation, made: ReadonlySet<string>): string => {
  const { action, sourceId, targetId, code, reason, modifiedProperties } = operation;
  const properties = modifiedProperties.map(
    ({ displayName, oldValue, newValue }) => `${displayName}: ${oldValue} -> ${newValue}`,
  );
  const account = targetId === null || made.has(targetId) ? null : targetId;
  // In which order two groups are named is left open.
  const why = action === 'fail' ? null : reason.split(/[,;:] /).sort();
  return JSON.stringify([action, sourceId, account, code, why, properties.sort()]);
};

/** A page that is gone through again, since a worker died in it, finds done what it had done, and says that too. */
const tellAction = ({ action, sourceId }: PreviewOperation): string => JSON.stringify([action, sourceId]);

/**
 * Where the previewed operations and the records of the cycle part; nobody in `except` is looked at. `isExact`: every
 * value and how often, else only what is sent for whom or held.
 */
export const comparePreview = (
  previewed: readonly PreviewOperation[],
  records: readonly RecordRow[],
  { except, isExact }: { readonly except: ReadonlySet<string>; readonly isExact: boolean },
): readonly string[] => {
  const done = records.map(operationOf);
  const made = new Set(done.flatMap(({ action, targetId }) => (action === 'create' && targetId ? [targetId] : [])));
  const tell = (operations: readonly PreviewOperation[]): string[] => {
    const concerned = operations.filter(({ sourceId }) => !except.has(sourceId));
    if (isExact) return concerned.map((one) => tellAll(one, made)).sort();
    return [...new Set(concerned.filter(({ action }) => isListed(action)).map(tellAction))].sort();
  };
  const left = tell(done);
  const wrongs: string[] = [];
  for (const line of tell(previewed)) {
    const at = left.indexOf(line);
    if (at < 0) wrongs.push(`previewed and not done: ${line}`);
    else left.splice(at, 1);
  }
  return [...wrongs, ...left.map((line) => `done and not previewed: ${line}`)];
};
