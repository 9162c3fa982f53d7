import { parseArgs } from 'node:util';
import { listenGraphSimulator } from '../../lib/sandbox/graph/listen.js';
import { servicePageSizes } from '../../lib/sandbox/graph/settings.js';
import { createGraphSimulator } from '../../lib/sandbox/graph/simulator.js';
import { listenZoomSimulator } from '../../lib/sandbox/zoom/server.js';
import { createZoomSimulator } from '../../lib/sandbox/zoom/simulator.js';
import { benchCredentials, benchDomain, benchServicePrincipalId } from './constants.js';

/** A process of its own: Graph and Zoom with a tenant of N users; prints one JSON line with their addresses. */
const { values } = parseArgs({ options: { users: { type: 'string' }, rate: { type: 'string' } } });
const users = Number(values.users ?? '1000');
const membersPerGroup = 500;

const graph = createGraphSimulator({
  clock: 'real',
  journal: 'counts',
  settings: { ...servicePageSizes, throttle: 'off', lagProbability: 0 },
});
graph.dir.createServicePrincipal({ id: benchServicePrincipalId, displayName: 'Zoom' });
const roleId = '33333333-3333-4333-8333-333333333333';
graph.dir.defineAppRoles(benchServicePrincipalId, [{ id: roleId, displayName: 'Licensed', value: 'Licensed' }]);
let groupId = '';
for (let index = 0; index < users; index += 1) {
  const name = `user${index}`;
  const id = graph.dir.createUser({
    userPrincipalName: `${name}@${benchDomain}`,
    mail: `${name}@${benchDomain}`,
    displayName: `User ${index}`,
    givenName: 'User',
    surname: String(index),
    department: `Department ${index % 40}`,
  });
  // Half are assigned directly, half through groups.
  if (index % 2 === 0) {
    graph.dir.assign({ principalId: id, appRoleId: roleId });
    continue;
  }
  if (((index - 1) / 2) % membersPerGroup === 0) {
    groupId = graph.dir.createGroup({ displayName: `Group ${index}`, securityEnabled: true });
    graph.dir.assign({ principalId: groupId, appRoleId: roleId });
  }
  graph.dir.addMember(groupId, id);
}
const zoom = createZoomSimulator({
  credentials: benchCredentials,
  clock: 'real',
  journal: 'counts',
  settings: {
    rate: values.rate === 'business' ? 'businessPlus' : 'off',
    associatedDomains: [benchDomain],
    licensedSeats: 1_000_000,
    basicMax: 1_000_000,
  },
});
const start = async (): Promise<void> => {
  const [graphServer, zoomServer] = await Promise.all([
    listenGraphSimulator(graph, { port: 0 }),
    listenZoomSimulator(zoom, { port: 0 }),
  ]);
  const graphToken = graph.issueToken(
    ['User.Read.All', 'GroupMember.Read.All', 'Application.Read.All'],
    7 * 24 * 3_600_000,
  );
  process.stdout.write(`${JSON.stringify({ graphUrl: graphServer.url, zoomUrl: zoomServer.url, graphToken })}\n`);
};
void start();
