import type { Send } from '../../lib/http/send.js';
import type { AccountState, ZoomState } from '../../lib/sandbox/zoom/state.js';
import { candidatesFor, type TenantMemory } from './memory.js';
import { addressesOf } from './people.js';

const writeMethods = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Looks at Zoom around each write, whoever sends it, and notes what must never happen, in sentences. */
export const watchWrites = (
  send: Send,
  readZoom: () => ZoomState,
  memory: TenantMemory,
): { readonly send: Send; readonly wrongs: readonly string[] } => {
  const wrongs: string[] = [];
  const watched: Send = async (input, init) => {
    const { method, url } = new Request(input, { method: init?.method ?? 'GET' });
    const [, id] = /\/Users(?:\/([^/?]+))?/.exec(url) ?? [];
    if (!writeMethods.has(method) || !url.includes('/Users')) return send(input, init);
    const before = id === undefined ? undefined : readZoom().accounts.get(decodeURIComponent(id));
    try {
      return await send(input, init);
    } finally {
      const { accounts } = readZoom();
      if (before) wrongs.push(...judgeWrite(method, before, accounts.get(before.id), memory));
      wrongs.push(...findDoubles([...accounts.values()], memory));
    }
  };
  return { send: watched, wrongs };
};

const judgeWrite = (
  method: string,
  before: AccountState,
  after: AccountState | undefined,
  memory: TenantMemory,
): readonly string[] => {
  const what = `account ${before.id} (${before.email}, ${before.familyName})`;
  if (method === 'DELETE') return [`${what} was deleted, and no policy says so`];
  const first = memory.first(before.id);
  if (first && !memory.wasWanted(addressesOf(first))) return [`${what} is nobody's in scope and was written to`];
  if (before.status !== 'active' || after?.status !== 'inactive') return [];
  const candidates = candidatesFor(before, memory.people);
  const isWrong = candidates.length > 0 && candidates.every((person) => memory.hasStayed(person));
  return isWrong ? [`${what} was disabled, and its person was in scope for two cycles`] : [];
};

/** Two active accounts that show one person, unless somebody else goes by the address of one of them by now. */
const findDoubles = (accounts: readonly AccountState[], memory: TenantMemory): readonly string[] => {
  const live = accounts.filter(({ status }) => status !== 'inactive');
  return memory.people.flatMap((person) => {
    const shown = live.filter(
      (account) => account.familyName === person.surname && candidatesFor(account, memory.people).length === 1,
    );
    return shown.length < 2
      ? []
      : [`${person.surname} has ${shown.length} accounts: ${shown.map(({ id }) => id).join(', ')}`];
  });
};
