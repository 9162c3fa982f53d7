import type { DemandParts } from '../../lib/engine/onDemand/demand.js';
import type { SliceOptions } from '../../lib/engine/runSlice.js';

/** What calls on demand need of a worker, whose schema stays as it is. */
export const partsOf = ({ mapping, redact, ...parts }: SliceOptions): DemandParts => ({
  ...parts,
  readSchema: async () => ({ mapping, redact }),
});
