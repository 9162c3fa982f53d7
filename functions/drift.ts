import { listDrift } from '../lib/api/drift.js';
import { graphDoor } from './graphDoor.js';

graphDoor(
  'listDrift',
  'GET',
  'servicePrincipals/{sp}/synchronization/jobs/{job}/drift',
  'Provisioning.Read',
  ({ world }, request) => listDrift(world, request),
);
