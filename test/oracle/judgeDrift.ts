import type { State } from '../../lib/engine/state.js';

/** What the last reconcile cycle found, where nobody altered anything in Zoom: accounts that nobody manages, and no more. */
export const judgeDrift = async ({ drift }: Pick<State, 'drift'>): Promise<readonly string[]> => {
  const report = await drift.readReport();
  if (report?.mode == null) return ['no reconcile cycle came to an end'];
  const { rows } = await drift.list(report.cycleId, null, null, 1_000);
  return rows
    .filter(({ kind }) => kind !== 'unmanaged')
    .map(({ id, type, kind, differences }) => {
      const paths = differences.map(
        ({ path, wanted, found }) => `${path} ${JSON.stringify(wanted)} ${JSON.stringify(found)}`,
      );
      return `the ${type} ${id} counts as altered in Zoom (${kind} ${paths.join(', ')}), and nobody did that`;
    });
};
