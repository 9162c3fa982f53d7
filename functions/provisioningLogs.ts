import { listDirectoryAudits } from '../lib/api/audit/directoryAudits.js';
import { listProvisioningLogs } from '../lib/api/logs/provisioningLogs.js';
import { graphDoor } from './graphDoor.js';

graphDoor('listProvisioningLogs', 'GET', 'auditLogs/provisioning', 'Provisioning.Read', ({ world }, request) =>
  listProvisioningLogs(world, request),
);
graphDoor('listDirectoryAudits', 'GET', 'auditLogs/directoryAudits', 'Provisioning.Read', ({ world }, request) =>
  listDirectoryAudits(world, request),
);
