import { listSecrets, putSecrets } from '../lib/api/secrets.js';
import { graphDoor } from './graphDoor.js';

const secrets = 'servicePrincipals/{sp}/synchronization/secrets';

graphDoor('listSecrets', 'GET', secrets, 'Provisioning.Read', ({ world, jobDoor }, request) =>
  listSecrets(world, { deployed: jobDoor.deployed, secrets: jobDoor.credentials.deployed }, request),
);
graphDoor('putSecrets', 'PUT', secrets, 'Provisioning.Configure', ({ world, jobDoor }, request, caller) =>
  putSecrets(world, { deployed: jobDoor.deployed, secrets: jobDoor.credentials.deployed }, request, caller),
);
