import type { ScopeGroup } from '../scope.js';
import { appParent } from '../stored.js';
import type { Scene } from '../subject.js';
import type { DemandBatch } from './demand.js';
import type { LiveUser } from './readLive.js';

/** What the evaluation of one user stands on: its edges and its groups as they were just read. */
export const sceneOf = async (live: LiveUser, { options, signal }: DemandBatch): Promise<Scene> => {
  const { world, settings, mapping, memory } = options;
  const roleIds = [...Object.keys(live.via[appParent] ?? {}), ...[...live.paths.groupRoles.values()].flat()];
  return {
    settings,
    mapping,
    groups: await readScopeGroups(live, options),
    appRoles: await memory.readAppRoles(world, roleIds, signal),
    pathsIncomplete: live.pathsIncomplete,
    freshVia: live.via,
    readyGroups: live.knownGroups,
    nowMs: world.clock.nowMs(),
  };
};

const readScopeGroups = async (
  live: LiveUser,
  { world }: DemandBatch['options'],
): Promise<ReadonlyMap<string, ScopeGroup>> => {
  const ids = [...live.paths.groupRoles.keys()];
  const rows = ids.length > 0 ? await world.state.objects.read(ids) : new Map();
  return new Map(
    [...live.paths.groupRoles].map(([id, roleIds]) => {
      const group = rows.get(id)?.row.group ?? null;
      const displayName = group?.displayName ?? null;
      const securityEnabled = group?.securityEnabled ?? null;
      return [id, { displayName, securityEnabled, roleIds, isMissing: false, ready: true, gone: false }];
    }),
  );
};
