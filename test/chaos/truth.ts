import { z } from 'zod';
import type { StateLine } from '../../lib/sandbox/graph/control/state.js';
import type { TenantTruth } from '../../lib/sandbox/oracle/readTenant.js';

const lineShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['user', 'group', 'servicePrincipal']), id: z.string(), properties: z.object({}) }),
  z.object({ kind: z.literal('member'), groupId: z.string(), id: z.string() }),
  z.object({ kind: z.literal('assignment'), servicePrincipalId: z.string(), principalId: z.string() }),
]);
const line = z.custom<StateLine>((value) => lineShape.safeParse(value).success);

/** The tenant as the Graph simulator's state of newline-delimited JSON tells it. */
export const parseTruth = (text: string): TenantTruth => {
  const lines = text
    .split('\n')
    .filter((one) => one !== '')
    .map((one) => line.parse(JSON.parse(one)));
  const users = lines.flatMap((one) => (one.kind === 'user' && one.deletedAtMs === null ? [one] : []));
  const groups = new Map(lines.flatMap((one) => (one.kind === 'group' ? [[one.id, one] as const] : [])));
  const members = lines.flatMap((one) => (one.kind === 'member' ? [one] : []));
  const assignments = lines.flatMap((one) => (one.kind === 'assignment' ? [one] : []));
  const principals = lines.flatMap((one) => (one.kind === 'servicePrincipal' ? [one] : []));
  return {
    users: () => users,
    group: (id) => groups.get(id) ?? null,
    members: (groupId) => members.filter((member) => member.groupId === groupId),
    assignments: (id) => assignments.filter(({ servicePrincipalId }) => id === undefined || servicePrincipalId === id),
    servicePrincipal: (id) => principals.find((one) => one.id === id) ?? null,
  };
};
