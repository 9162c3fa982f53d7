import { handleDelete, handlePause, handleRestart, handleStart } from '../lib/api/controlJob.js';
import { getJob, listJobs } from '../lib/api/jobs.js';
import { patchJob } from '../lib/api/patchJob.js';
import { runJob } from '../lib/api/runJob.js';
import { validateCredentials } from '../lib/api/validateCredentials.js';
import { graphDoor } from './graphDoor.js';

const jobs = 'servicePrincipals/{sp}/synchronization/jobs';
const job = `${jobs}/{job}`;

graphDoor('listJobs', 'GET', jobs, 'Provisioning.Read', ({ world, jobDoor }, request) =>
  listJobs(world, jobDoor, request),
);
graphDoor('getJob', 'GET', job, 'Provisioning.Read', ({ world, jobDoor }, request) => getJob(world, jobDoor, request));
graphDoor('patchJob', 'PATCH', job, 'Provisioning.Configure', ({ world, jobDoor }, request, caller) =>
  patchJob(world, jobDoor, request, caller),
);
graphDoor('deleteJob', 'DELETE', job, 'Provisioning.Configure', ({ world }, request, caller) =>
  handleDelete(world, request, caller),
);
graphDoor('runJob', 'POST', `${job}/run`, 'Provisioning.Operate', ({ world, jobDoor }, request, caller) =>
  runJob(world, jobDoor, request, caller),
);
graphDoor('startJob', 'POST', `${job}/start`, 'Provisioning.Operate', ({ world, jobDoor }, request, caller) =>
  handleStart(world, jobDoor, request, caller),
);
graphDoor('pauseJob', 'POST', `${job}/pause`, 'Provisioning.Operate', ({ world }, request, caller) =>
  handlePause(world, request, caller),
);
graphDoor('restartJob', 'POST', `${job}/restart`, 'Provisioning.Operate', ({ world, jobDoor }, request, caller) =>
  handleRestart(world, jobDoor, request, caller),
);
graphDoor('validateCredentials', 'POST', `${job}/validateCredentials`, 'Provisioning.Operate', (app, request) =>
  validateCredentials(app.world, app.jobDoor.credentials, request),
);
