import type { AppRole } from '../expressions/attributes.js';
import type { EngineMemory } from './sliceRuntime.js';

/** How long the application's roles are believed. */
const rolesLastMs = 10 * 60 * 1000;

/** What one process remembers between slices. Losing it costs a request each, nothing else. */
export const createEngineMemory = (): EngineMemory => {
  const domains = new Set<string>();
  let roles: { readonly byId: ReadonlyMap<string, AppRole>; readonly untilMs: number } | null = null;
  return {
    domains: { has: (domain) => domains.has(domain), learn: (domain) => void domains.add(domain) },
    async readAppRoles(world, signal) {
      const nowMs = world.clock.nowMs();
      if (roles === null || roles.untilMs <= nowMs) {
        roles = { byId: await world.directory.readAppRoles(signal), untilMs: nowMs + rolesLastMs };
      }
      return roles.byId;
    },
  };
};
