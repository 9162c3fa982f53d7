import type { DriftRow } from '../../../lib/engine/drift.js';
import { createTenant, domain, type Tenant, type TenantOptions } from '../../fakes/tenant.js';

/** A tenant of which Zoom was altered by hand in every way that there is, one person each. */
export interface AlteredTenant extends Tenant {
  /** Of a person, by the name before the domain. */
  readonly id: (name: string) => string;
  /** The account that the person had before. */
  readonly target: (name: string) => string;
  /** The report in force, by whom it is about. */
  drift(): Promise<readonly Pick<DriftRow, 'id' | 'targetId' | 'kind' | 'differences'>[]>;
}

export const createLinkedTenant = async (options: TenantOptions = {}): Promise<AlteredTenant> => {
  const tenant = await createTenant(options);
  const names = ['ada', 'ben', 'cem', 'dia', 'eva', 'fay', 'gus'];
  const ids = new Map(names.map((name) => [name, tenant.join(name)]));
  await tenant.runCycle();
  tenant.graph.dir.updateUser(ids.get('gus') ?? '', { accountEnabled: false });
  await tenant.runCycle();
  const targets = new Map(names.map((name) => [name, tenant.account(name)?.id ?? '']));
  return {
    ...tenant,
    id: (name) => ids.get(name) ?? '',
    target: (name) => targets.get(name) ?? '',
    drift: async () => {
      const { drift } = tenant.world.state;
      const report = await drift.readReport();
      const { rows } = report ? await drift.list(report.cycleId, null, null, 1_000) : { rows: [] };
      return rows.map(({ id, targetId, kind, differences }) => ({ id, targetId, kind, differences }));
    },
  };
};

export const address = (name: string): string => `${name}@${domain}`;

/** Ada is as she was. */
export const alterByHand = ({ zoom, target }: AlteredTenant): string => {
  const { userIds } = zoom.seed({
    users: [
      { userName: address('ben'), department: 'Legal' },
      { userName: address('cem'), status: 'inactive' },
      { userName: address('eva'), title: 'Chief of what nobody maps' },
      { userName: address('fay'), displayName: 'Fay by hand', userType: 'Basic' },
      { userName: address('gus'), status: 'active' },
      { userName: address('zed') },
    ],
  });
  zoom.removeAccount(target('dia'));
  return userIds[address('zed')] ?? '';
};
