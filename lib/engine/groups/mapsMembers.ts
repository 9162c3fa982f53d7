import type { CompiledMapping } from '../../mapping/compiled.js';

/** Whether groups are provisioned with their members. */
export const mapsMembers = (groupMapping: CompiledMapping | null): boolean =>
  groupMapping?.references.some(({ path }) => path.toLowerCase() === 'members') === true;
