import { app } from '@azure/functions';
import { getJob, listJobs, runJob } from '../lib/api/jobs.js';
import { openDoor } from '../lib/openDoor.js';

const base = 'servicePrincipals/{sp}/synchronization/jobs';
/** Clients written for Graph put its version in front. */
const versions = { '': '', V1: 'v1.0/', Beta: 'beta/' } as const;

for (const [name, prefix] of Object.entries(versions)) {
  app.http(`listJobs${name}`, {
    methods: ['GET'],
    authLevel: 'anonymous',
    route: `${prefix}${base}`,
    handler: openDoor('Provisioning.Read', ({ world }, request) => listJobs(world, request)),
  });
  app.http(`getJob${name}`, {
    methods: ['GET'],
    authLevel: 'anonymous',
    route: `${prefix}${base}/{job}`,
    handler: openDoor('Provisioning.Read', ({ world }, request) => getJob(world, request)),
  });
  app.http(`runJob${name}`, {
    methods: ['POST'],
    authLevel: 'anonymous',
    route: `${prefix}${base}/{job}/run`,
    handler: openDoor('Provisioning.Operate', ({ world }, request) => runJob(world, request)),
  });
}
