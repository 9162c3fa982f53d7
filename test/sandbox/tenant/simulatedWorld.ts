import { createGraphSimulator } from '../../../lib/sandbox/graph/simulator.js';
import { managedDomain, type SeedWorld } from '../../../lib/sandbox/startSimulators.js';
import { createZoomSimulator } from '../../../lib/sandbox/zoom/simulator.js';

const appRoleIds = {
  Basic: '00000000-0000-4000-8000-000000000001',
  Corp: '00000000-0000-4000-8000-000000000002',
  Licensed: '00000000-0000-4000-8000-000000000003',
  'On Prem': '00000000-0000-4000-8000-000000000004',
  Pro: '00000000-0000-4000-8000-000000000005',
};

/** An empty tenant with the Zoom application in it, and an empty Zoom, on clocks that stand still. */
export const createSimulatedWorld = (seed = 1): SeedWorld => {
  const graph = createGraphSimulator({ seed });
  const zoom = createZoomSimulator({
    seed,
    credentials: { accountId: 'account', clientId: 'client', clientSecret: 'secret' },
    settings: { associatedDomains: [managedDomain] },
  });
  const servicePrincipalId = graph.dir.createServicePrincipal({ displayName: 'Zoom' });
  graph.dir.defineAppRoles(
    servicePrincipalId,
    Object.entries(appRoleIds).map(([name, id]) => ({ id, displayName: name, value: name })),
  );
  return { graph, zoom, servicePrincipalId, appRoleIds };
};
