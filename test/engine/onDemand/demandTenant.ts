import { createOnDemand, type OnDemand } from '../../../lib/engine/onDemand/createOnDemand.js';
import type { DemandEnd, DemandReport } from '../../../lib/engine/onDemand/demand.js';
import type { DemandMessage } from '../../../lib/engine/onDemand/demandRun.js';
import type { Target } from '../../../lib/engine/ports.js';
import { partsOf } from '../../fakes/demandParts.js';
import { createTenant, type Tenant, type TenantOptions } from '../../fakes/tenant.js';

/** A tenant, and a person who asks for people on demand. */
export interface DemandTenant extends Tenant {
  readonly onDemand: OnDemand;
  /** Messages of runs that wait. */
  readonly demands: DemandMessage[];
  /** Another process that answers calls on demand over the same tenant. */
  openOther(): OnDemand;
  /** What somebody does in Zoom by hand. */
  inZoom(act: (target: Target, signal: AbortSignal) => Promise<unknown>): Promise<void>;
  /** Asks for one user; the end whatever it is. */
  ask(subject: string, options?: { readonly isDryRun?: boolean; readonly from?: OnDemand }): Promise<DemandEnd>;
  /** Asks for one user who is taken through all steps. */
  provision(subject: string, options?: { readonly isDryRun?: boolean }): Promise<DemandReport>;
}

export const caller = { id: 'person', displayName: 'Provision on demand', initiatorType: 'user' } as const;
export const limitMs = 150_000;

export const createDemandTenant = async (options: TenantOptions = {}): Promise<DemandTenant> => {
  const tenant = await createTenant(options);
  const demands: DemandMessage[] = [];
  let calls = 0;
  const open = (): OnDemand =>
    createOnDemand(partsOf(tenant.options()), { send: async (message) => void demands.push(message) });
  const onDemand = open();
  const ask: DemandTenant['ask'] = async (subject, { isDryRun = false, from = onDemand } = {}) => {
    calls += 1;
    const call = { id: `call-${calls}`, isDryRun, initiatedBy: caller };
    const [end] = await tenant.clock.settle(from.provision([subject], call, limitMs));
    if (!end) throw new Error('The call has no end.');
    return end;
  };
  return {
    ...tenant,
    onDemand,
    demands,
    openOther: open,
    async inZoom(act) {
      await tenant.clock.settle(act(tenant.world.target, new AbortController().signal));
    },
    ask,
    async provision(subject, asked) {
      const end = await ask(subject, asked);
      if (end.kind !== 'done') throw new Error(`The call ended as ${end.kind}.`);
      return end.report;
    },
  };
};

/** Steps as `name type status`. */
export const outline = ({ steps }: DemandReport): readonly string[] =>
  steps.map(({ name, type, status }) => `${name} ${type} ${status}`);

/** The code that a report ended with, null where it has none. */
export const codeOf = ({ record }: DemandReport): string | null =>
  record.provisioningStatusInfo.errorInformation?.errorCode ?? null;
