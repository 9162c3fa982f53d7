import { getJob, listJobs, runJob } from '../lib/api/jobs.js';
import { graphDoor } from './graphDoor.js';

const jobs = 'servicePrincipals/{sp}/synchronization/jobs';
const job = `${jobs}/{job}`;

graphDoor('listJobs', 'GET', jobs, 'Provisioning.Read', ({ world, zoomCredential }, request) =>
  listJobs(world, request, zoomCredential.isConfigured),
);
graphDoor('getJob', 'GET', job, 'Provisioning.Read', ({ world, zoomCredential }, request) =>
  getJob(world, request, zoomCredential.isConfigured),
);
graphDoor('runJob', 'POST', `${job}/run`, 'Provisioning.Operate', ({ world, zoomCredential }, request) =>
  runJob(world, request, zoomCredential.isConfigured),
);
