import { getJob, listJobs, runJob } from '../lib/api/jobs.js';
import { graphDoor } from './graphDoor.js';

const jobs = 'servicePrincipals/{sp}/synchronization/jobs';
const job = `${jobs}/{job}`;

graphDoor('listJobs', 'GET', jobs, 'Provisioning.Read', ({ world }, request) => listJobs(world, request));
graphDoor('getJob', 'GET', job, 'Provisioning.Read', ({ world }, request) => getJob(world, request));
graphDoor('runJob', 'POST', `${job}/run`, 'Provisioning.Operate', ({ world }, request) => runJob(world, request));
