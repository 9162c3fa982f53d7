import { createMemoryTables } from '../../lib/state/memoryTables.js';
import type { Tables } from '../../lib/state/tables.js';
import { createPreviewer, type Previewer } from './previewer.js';
import { createTenant, type Tenant, type TenantOptions } from './tenant.js';

export interface PreviewedTenant {
  readonly tenant: Tenant;
  readonly previewer: Previewer;
  readonly tables: Tables;
}

/** A tenant whose next cycle can be previewed, by whatever settings its workers have then. */
export const createPreviewedTenant = async (options: Omit<TenantOptions, 'tables'> = {}): Promise<PreviewedTenant> => {
  const tables = createMemoryTables();
  const tenant = await createTenant({ ...options, tables });
  const process = {
    get options() {
      return tenant.options();
    },
    tables,
  };
  return { tenant, previewer: createPreviewer(tenant.clock, process), tables };
};
