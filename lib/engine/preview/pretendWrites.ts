import { clearScimPath } from '../../mapping/clearScimPath.js';
import type { CompiledMapping } from '../../mapping/compiled.js';
import { readScimValues, writeScimPath } from '../../mapping/scimPath.js';
import type { JsonObject, TargetAccount, Values } from '../model.js';
import type { GetResult, Target, WriteResult } from '../ports.js';
import { pretendIdPrefix } from './operationOf.js';
import { accountGone, nameTaken, notBelonging } from './pretendFaults.js';
import type { PretendAccounts, SearchKey } from './previewStore.js';

type Writes = Pick<Target, 'createUser' | 'updateUser' | 'setUserActive' | 'deleteUser'>;

export interface PretendWriteOptions extends Pick<Target, 'findUser' | 'readUser'> {
  readonly accounts: PretendAccounts;
  readonly mapping: Pick<CompiledMapping, 'matching' | 'unique'>;
  readonly newId: () => string;
}

type Refusal = Exclude<WriteResult, { kind: 'stored' }>;

/** The writes of a target, answered from what can be read of it. */
export const createPretendWrites = (options: PretendWriteOptions): Writes => {
  const { findUser, readUser, accounts, mapping, newId } = options;
  const searchable = ['userName', ...mapping.matching.map(({ path }) => path), ...mapping.unique];
  const renamesInTurn = createTurns();

  const store = async (account: TargetAccount): Promise<WriteResult> => {
    await accounts.put({ kind: 'held', account }, searchKeys(account, searchable));
    return { kind: 'stored', account, targetId: account.id };
  };

  const refuseNames = async (values: Values, ownId: string | null, signal: AbortSignal): Promise<Refusal | null> => {
    for (const name of namesIn(values)) {
      const found = await findUser('userName', name, signal);
      if (found.kind === 'fault') return found;
      const isFree = found.kind === 'none' || (found.kind === 'one' && found.account.id === ownId);
      if (!isFree) return { kind: 'conflict', fault: nameTaken };
    }
    return null;
  };

  const change = async (
    targetId: string,
    makeChanged: (account: TargetAccount) => TargetAccount,
    signal: AbortSignal,
  ): Promise<WriteResult> => {
    const read = await readUser(targetId, signal);
    return read.kind === 'found' ? store(makeChanged(read.account)) : toRefusal(read);
  };

  return {
    createUser: async (values, active, signal) => {
      const refused = await refuseNames(values, null, signal);
      if (refused) return refused;
      const id = `${pretendIdPrefix}${newId()}`;
      const blank = { id, userName: '', active, resource: { id }, complete: true };
      return store({ ...applyValues(blank, values), active });
    },
    updateUser: (targetId, values, signal) => {
      const update = async (): Promise<WriteResult> =>
        (await refuseNames(values, targetId, signal)) ??
        change(targetId, (account) => applyValues(account, values), signal);
      return namesIn(values).length > 0 ? renamesInTurn(update) : update();
    },
    setUserActive: (targetId, active, signal) =>
      change(targetId, (account) => ({ ...account, active, resource: { ...account.resource, active } }), signal),
    deleteUser: async (targetId, signal) => {
      const read = await readUser(targetId, signal);
      if (read.kind !== 'found') return toRefusal(read);
      await accounts.put({ kind: 'deleted', id: targetId }, []);
      return { kind: 'stored', account: null, targetId };
    },
  };
};

/** Names move from one account to another: who asks first is answered first, as by a target that is written to. */
const createTurns = (): (<Result>(run: () => Promise<Result>) => Promise<Result>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const result = last.then(run, run);
    last = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  };
};

const toRefusal = (read: Exclude<GetResult, { kind: 'found' }>): Refusal => {
  switch (read.kind) {
    case 'gone':
      return { kind: 'gone', fault: accountGone };
    case 'notBelonging':
      return { kind: 'notBelonging', fault: notBelonging };
    case 'fault':
      return read;
  }
};

/** The user name and the work e-mail of a write: Zoom knows one address a person. */
const namesIn = (values: Values): readonly string[] => {
  const names = Object.entries(values).flatMap(([path, value]) =>
    typeof value === 'string' && value !== '' && isName(path) ? [value] : [],
  );
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
};

const isName = (path: string): boolean => /^(userName$|emails\b.*\bvalue$)/i.test(path);

const applyValues = (account: TargetAccount, values: Values): TargetAccount => {
  let resource: JsonObject = account.resource;
  for (const [path, value] of Object.entries(values)) {
    resource = value === null ? clearScimPath(resource, path) : writeScimPath(resource, path, value);
  }
  const { userName } = resource;
  return { ...account, resource, userName: typeof userName === 'string' ? userName : account.userName };
};

const searchKeys = (account: TargetAccount, paths: readonly string[]): readonly SearchKey[] =>
  paths.flatMap((path) =>
    readScimValues(account.resource, path).flatMap((value) =>
      typeof value === 'object' ? [] : [{ path, value: String(value) }],
    ),
  );
