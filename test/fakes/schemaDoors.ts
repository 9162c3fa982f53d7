import type { ApiAnswer, ApiRequest } from '../../lib/api/apiRequest.js';
import type { Caller } from '../../lib/api/authorise.js';
import type { SchemaParts } from '../../lib/api/schema.js';
import type { AuditEntry } from '../../lib/engine/audit.js';
import type { JobSchemas } from '../../lib/engine/jobSchemas.js';
import { createMemorySchemas } from './memorySchemas.js';
import { jobId, servicePrincipalId } from './surroundings.js';
import { createTenant, type Tenant } from './tenant.js';

export interface DoorCall {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
}

/** A request as a door hands it over; a body that is no text is written as JSON. */
export const requestOf = ({ body, headers = {}, params = {} }: DoorCall = {}): ApiRequest => ({
  method: 'GET',
  url: 'http://127.0.0.1/api',
  params: { sp: servicePrincipalId, job: jobId, ...params },
  query: new URLSearchParams(),
  header: (name) => headers[name] ?? null,
  readText: async () => (typeof body === 'string' ? body : JSON.stringify(body ?? {})),
});

export const caller: Caller = { objectId: 'admin-object', applicationId: 'admin-app' };

/** The schema's doors over a tenant whose slices take the schema that is in force. */
export interface SchemaDoors {
  readonly tenant: Tenant;
  readonly parts: SchemaParts;
  readonly schemas: JobSchemas;
  readonly audit: readonly AuditEntry[];
  call(
    handler: (parts: SchemaParts, request: ApiRequest, by: Caller) => Promise<ApiAnswer>,
    call?: DoorCall,
  ): Promise<ApiAnswer>;
}

export const openSchemaDoors = async (): Promise<SchemaDoors> => {
  const schemas = createMemorySchemas();
  const tenant = await createTenant({ schemas });
  const audit: AuditEntry[] = [];
  const state = {
    ...tenant.world.state,
    audit: { ...tenant.world.state.audit, record: async (entry: AuditEntry) => void audit.push(entry) },
  };
  const parts: SchemaParts = { world: { ...tenant.world, state }, schemas };
  return { tenant, parts, schemas, audit, call: (handler, given) => handler(parts, requestOf(given), caller) };
};
