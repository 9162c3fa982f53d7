import assert from 'node:assert/strict';
import { createGroupTenant, type GroupTenant } from '../fakes/groupTenant.js';

const assignedGroups = 2_000;
const groupsOfEach = 5;
/** Graph's pages of assignments, and its ids in one groups stream. */
const assignmentsPerPage = 999;
const groupsPerStream = 50;

/** What a cycle asks of Graph where nothing changed: the list of assignments, the streams of groups, and that of users. */
const idleRequests = Math.ceil(assignedGroups / assignmentsPerPage) + Math.ceil(assignedGroups / groupsPerStream) + 1;

/** Every user is in five of the groups, so that each group has as many members as another. */
const fillTenant = (tenant: GroupTenant, users: number) => {
  const userIds = Array.from({ length: users }, (_, at) => tenant.join(`user${at}`, { assigned: false }));
  const groupIds = Array.from({ length: assignedGroups }, (_, at) => {
    const size = (users * groupsOfEach) / assignedGroups;
    const members = Array.from({ length: size }, (__, member) => userIds[(at * size + member) % users] ?? '');
    return tenant.group(`Group ${at}`, [...new Set(members)]);
  });
  return { userIds, groupIds };
};

/** Changes in one group of a large tenant, in process; fails where a cycle asks for more than the change itself. */
export const benchGroups = async (users: number, print: (text: string) => void): Promise<void> => {
  const tenant = await createGroupTenant(undefined, { zoom: { licensedSeats: users } });
  const { userIds, groupIds } = fillTenant(tenant, users);
  const measure = async (title: string, most: { readonly graph: number; readonly zoom: number }) => {
    tenant.takeCalls();
    const beganMs = performance.now();
    const { counts } = await tenant.runCycle();
    const { graphRequests = 0, zoomRequests = 0, tableOperations = 0 } = counts;
    print(
      `${title}: ${graphRequests} Graph requests, ${zoomRequests} Zoom requests, ${tableOperations} table operations, ${((performance.now() - beganMs) / 1_000).toFixed(1)} s`,
    );
    assert.ok(graphRequests <= most.graph, `${title}: at most ${most.graph} Graph requests`);
    assert.ok(zoomRequests <= most.zoom, `${title}: at most ${most.zoom} Zoom requests`);
  };
  const [group = '', other = ''] = groupIds;
  const memberships = [...tenant.graph.dir.members(group)].length * assignedGroups;
  print(`groups, in process: ${users} users, ${assignedGroups} assigned groups, ${memberships} memberships`);
  await measure('  initial cycle', { graph: Number.POSITIVE_INFINITY, zoom: Number.POSITIVE_INFINITY });
  await measure('  nothing changed', { graph: idleRequests, zoom: 0 });
  const [leaver = ''] = [...tenant.graph.dir.members(group)].map(({ id }) => id);
  tenant.graph.dir.removeMember(group, leaver);
  // The person is read anew, the roles once in a while, and the first removal shows which form Zoom takes.
  await measure('  one member leaves one group', { graph: idleRequests + 2, zoom: 3 });
  const joiners = userIds
    .filter((id) => ![...tenant.graph.dir.members(other)].some((member) => member.id === id))
    .slice(0, 250);
  for (const id of joiners) tenant.graph.dir.addMember(other, id);
  await measure('  250 members join one group', {
    graph: idleRequests + joiners.length,
    zoom: 3,
  });
  tenant.graph.dir.updateGroup(group, { displayName: 'Group of another name' });
  await measure('  one group is renamed', { graph: idleRequests, zoom: 2 });
  await measure('  nothing changed', { graph: idleRequests, zoom: 0 });
};
