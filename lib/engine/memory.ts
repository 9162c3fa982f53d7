import type { AppRole } from '../expressions/attributes.js';
import type { EngineMemory } from './sliceRuntime.js';

/** How long the application's roles are believed, and how long they are where an assignment names one they lack. */
const rolesLastMs = 10 * 60 * 1000;
const rolesLackingLastMs = 60 * 1000;
/** An assignment without a role (Graph, appRoleAssignment); no application defines it. */
const noRole = '00000000-0000-0000-0000-000000000000';

/** What one process remembers between slices. Losing it costs a request each, nothing else. */
export const createEngineMemory = (): EngineMemory => {
  const domains = new Set<string>();
  let roles: { readonly byId: ReadonlyMap<string, AppRole>; readonly readMs: number } | null = null;
  return {
    domains: { has: (domain) => domains.has(domain), learn: (domain) => void domains.add(domain) },
    async readAppRoles(world, named, signal) {
      const nowMs = world.clock.nowMs();
      const isLacking = named.some((id) => id !== noRole && roles?.byId.has(id) !== true);
      if (roles === null || nowMs - roles.readMs >= (isLacking ? rolesLackingLastMs : rolesLastMs)) {
        roles = { byId: await world.directory.readAppRoles(signal), readMs: nowMs };
      }
      return roles.byId;
    },
  };
};
