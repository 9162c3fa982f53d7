import { basicRoleId, createSurroundings, domain, licensedRoleId, type Surroundings } from '../fakes/surroundings.js';
import { createWorker } from '../fakes/worker.js';
import { type CycleOrder, createOperator, type Operator } from './operator.js';

const quiet: CycleOrder = { asked: null, kills: [], isTwice: false };
const quietCycles = 2;
const dayMs = 86_400_000;

/** The end of a scene: accounts by surname, and what the engine knows of each person; both without ids and times. */
export interface Picture {
  readonly accounts: Readonly<Record<string, unknown>>;
  readonly rows: Readonly<Record<string, unknown>>;
}

/** A tenant whose next cycle takes every path: each person in it stands for one. */
export interface CrashScene {
  readonly operator: Operator;
  /** Names of the outcomes that the log has, for proof that the paths were taken. */
  outcomes(): Promise<ReadonlySet<string>>;
  /** Lets everything come to rest and looks. */
  finish(): Promise<Picture>;
}

const createCast = ({ graph, zoom }: Surroundings) => {
  const { dir } = graph;
  const ids = new Map<string, string>();
  const add = (name: string, at = domain): string => {
    const id = dir.createUser({
      userPrincipalName: `${name}@${at}`,
      mail: `${name}@${at}`,
      displayName: name,
      givenName: name,
      surname: `of ${name}`,
      department: 'Sales',
    });
    ids.set(name, id);
    return id;
  };
  const join = (name: string, at = domain): string => {
    const id = add(name, at);
    dir.assign({ principalId: id, appRoleId: licensedRoleId });
    return id;
  };
  const strikeCreate = (name: string, fault: Parameters<typeof zoom.addFault>[0]['fault'], times?: number): void => {
    zoom.addFault({ on: 'users.create', user: `${name}@${domain}`, fault, ...(times === undefined ? {} : { times }) });
  };
  return { ids, add, join, strikeCreate };
};

const acceptInvitations = ({ zoom }: Surroundings): void => {
  for (const { id, status } of zoom.state().accounts.values()) if (status === 'pending') zoom.acceptInvitation(id);
};

/** Up to the start of the cycle that takes every path. */
export const createCrashScene = async (): Promise<CrashScene> => {
  const surroundings = createSurroundings({ zoom: { userNameFollowsEmail: true } });
  const { graph, zoom } = surroundings;
  const { dir } = graph;
  const { ids, add, join, strikeCreate } = createCast(surroundings);
  zoom.seed({ users: [{ userName: `adopted@${domain}`, status: 'inactive' }, { userName: `stranger@${domain}` }] });
  const operator = await createOperator(surroundings);
  const id = (name: string): string => ids.get(name) ?? '';

  const group = dir.createGroup({ displayName: 'Project', securityEnabled: true });
  dir.assign({ principalId: group, appRoleId: basicRoleId });
  for (const name of ['anchor', 'updated', 'enabled', 'blocked', 'unassigned', 'renamed', 'deleted', 'recreated'])
    join(name);
  dir.addMember(group, add('left'));
  join('accepted', 'partner.example');
  dir.updateUser(id('enabled'), { accountEnabled: false });
  await operator.runCycle(quiet);
  dir.updateUser(id('enabled'), { accountEnabled: true });
  await operator.runCycle(quiet);
  dir.updateUser(id('enabled'), { accountEnabled: false });
  dir.unassign({ principalId: id('unassigned') });
  strikeCreate('escrowed', { mode: 'status', code: 500 }, 1);
  join('escrowed');
  await operator.runCycle(quiet);

  dir.updateUser(id('updated'), { department: 'Legal' });
  dir.updateUser(id('enabled'), { accountEnabled: true });
  dir.updateUser(id('blocked'), { accountEnabled: false });
  dir.updateUser(id('renamed'), { userPrincipalName: `moved@${domain}`, mail: `moved@${domain}` });
  dir.deleteUser(id('deleted'));
  dir.deleteUser(id('recreated'));
  dir.purgeUser(id('recreated'));
  ids.set('former', id('recreated'));
  join('recreated');
  dir.removeMember(group, id('left'));
  dir.addMember(group, add('entered'));
  acceptInvitations(surroundings);
  dir.updateUser(id('accepted'), { department: 'Legal' });
  for (const name of ['created', 'adopted', 'renewed', 'timed-out', 'conflicting', 'downgraded', 'unsure']) join(name);
  join('invited', 'partner.example');
  dir.updateUser(id('renewed'), { userPrincipalName: `renamed@${domain}`, mail: `renamed@${domain}` });
  strikeCreate('timed-out', { mode: 'net.timeoutAfterCommit' }, 1);
  strikeCreate('conflicting', { mode: 'user.conflict' }, 1);
  strikeCreate('unsure', { mode: 'status', code: 502, afterCommit: true }, 1);
  for (const on of ['users.create', 'users.put'] as const) {
    zoom.addFault({ on, user: `downgraded@${domain}`, fault: { mode: 'licence.silentBasic' } });
  }

  const { state } = createWorker(surroundings).world;
  return {
    operator,
    async outcomes() {
      const rows = await state.objects.read([...ids.values()]);
      return new Set([...rows.values()].flatMap(({ row }) => (row.eval ? [row.eval.outcome] : [])));
    },
    async finish() {
      for (let cycle = 0; cycle < quietCycles; cycle += 1) await operator.runCycle(quiet);
      acceptInvitations(surroundings);
      surroundings.clock.advance(dayMs);
      for (let cycle = 0; cycle < quietCycles; cycle += 1) await operator.runCycle(quiet);
      const accounts = [...zoom.state().accounts.values()];
      const rows = await state.objects.read([...ids.values()]);
      const names = new Map(accounts.map((account) => [account.id, account.userName]));
      return {
        accounts: Object.fromEntries(
          accounts.map((account, index) => {
            const { id: _id, created: _created, lastModified: _modified, ...rest } = account;
            const isSecond = accounts.findIndex(({ familyName }) => familyName === account.familyName) !== index;
            return [`${account.familyName}${isSecond ? ` (again, ${account.userName})` : ''}`, rest];
          }),
        ),
        rows: Object.fromEntries(
          [...ids].map(([name, sourceId]) => {
            const row = rows.get(sourceId)?.row;
            const link = row?.link && {
              account: names.get(row.link.targetId) ?? 'none',
              state: row.link.state,
              origin: row.link.origin,
              invited: row.link.invited,
            };
            return [name, { link, pending: row?.pending?.reason, staged: row?.staged?.state, intent: row?.intent }];
          }),
        ),
      };
    },
  };
};
