import type { JobDefaults } from '../../lib/api/patchJob.js';
import { parseRemovalPolicy } from '../../lib/config/removalPolicy.js';
import type { Tenant } from '../fakes/tenant.js';

/** What a tenant's deployment says, as the doors are given it. */
export const defaultsOf = (tenant: Pick<Tenant, 'options'>): JobDefaults => ({
  deployed: tenant.options().settings,
  parsePolicy: parseRemovalPolicy,
  isConfigured: async () => true,
});
