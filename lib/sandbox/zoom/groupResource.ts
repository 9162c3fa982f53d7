import type { JsonObject } from '../../mapping/json.js';
import { readDisplayName } from './account.js';
import { formatSeconds } from './clock.js';
import type { Group } from './groupStore.js';
import type { Simulation } from './simulation.js';
import { urns } from './urns.js';

/** A group as lists and creation show it: `schemas` is empty, as in Zoom's own sample, and there are no members. */
export const renderGroup = (sim: Simulation, group: Group): JsonObject => ({
  id: group.id,
  schemas: [],
  displayName: group.displayName,
  meta: {
    resourceType: 'Group',
    version: '1.0.0',
    location: `${sim.settings.origin}/scim2/Groups/${group.id}`,
    created: formatSeconds(group.createdMs),
    lastModified: formatSeconds(group.modifiedMs),
  },
  ...(group.emailAlias === null ? {} : { [urns.zoomGroup]: { emailAlias: group.emailAlias } }),
});

/** One group; with its members only where the settings say so. */
export const renderGroupInFull = (sim: Simulation, group: Group): JsonObject => {
  if (!sim.settings.exposeMembers) return renderGroup(sim, group);
  const members = [...group.memberIds].flatMap((id) => {
    const account = sim.accounts.get(id);
    return account === undefined ? [] : [{ value: id, display: readDisplayName(account) }];
  });
  return { ...renderGroup(sim, group), members };
};
