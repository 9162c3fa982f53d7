import { listEscrows } from '../lib/api/escrows.js';
import { listStagedRemovals, rejectStagedRemovals, releaseStagedRemovals } from '../lib/api/stagedRemovals.js';
import { graphDoor } from './graphDoor.js';

const job = 'servicePrincipals/{sp}/synchronization/jobs/{job}';
const staged = `${job}/stagedRemovals`;

graphDoor('listStagedRemovals', 'GET', staged, 'Provisioning.Read', ({ world }, request) =>
  listStagedRemovals(world, request),
);
graphDoor('releaseStagedRemovals', 'POST', `${staged}/release`, 'Provisioning.Operate', ({ world }, request, caller) =>
  releaseStagedRemovals(world, request, caller),
);
graphDoor('rejectStagedRemovals', 'POST', `${staged}/reject`, 'Provisioning.Operate', ({ world }, request, caller) =>
  rejectStagedRemovals(world, request, caller),
);
graphDoor('listEscrows', 'GET', `${job}/escrows`, 'Provisioning.Read', ({ world }, request) =>
  listEscrows(world, request),
);
