import type { JsonObject } from '../../mapping/json.js';
import type { Account } from './account.js';
import { renderAccount, renderRow } from './accountResource.js';
import { parseFilter } from './filters.js';
import { eraseAccount, findTarget } from './findTarget.js';
import { readPage, replyList, takePage } from './paging.js';
import { notBelonging, unknownUser } from './refusal.js';
import type { Call, Simulation } from './simulation.js';
import { readAccount } from './staleReads.js';
import { replyJson, type WireReply } from './wire.js';

/** `GET /Users/{id}`. */
export const getUser = (sim: Simulation, call: Call): WireReply => {
  const account = findTarget(sim, call);
  if (account.status === 'pending' || call.strikes.has('user.pending')) {
    throw notBelonging(sim.settings.notBelongingStatus, call.id);
  }
  const seen = readAccount(sim, account);
  if (seen === null) throw unknownUser(call.id);
  return replyJson(200, renderAccount(sim, seen));
};

const renderRows = (sim: Simulation, accounts: readonly Account[]): JsonObject[] =>
  accounts.flatMap((account) => {
    const seen = readAccount(sim, account);
    return seen === null ? [] : [renderRow(sim, seen)];
  });

/** `GET /Users`: active and inactive ones in order of creation, never pending ones. */
export const listUsers = (sim: Simulation, call: Call): WireReply => {
  const page = readPage(sim, call);
  const accounts = takePage(call, page, (offset, count) => sim.accounts.slice(offset, count));
  return replyList(call, page, renderRows(sim, accounts), sim.accounts.listedCount());
};

const findFiltered = (sim: Simulation, name: string, value: string): Account | undefined =>
  name === 'userName' ? sim.accounts.findByUserName(value) : sim.accounts.get(value);

const isElsewhere = (sim: Simulation, call: Call, account: Account | undefined, value: string): boolean =>
  call.strikes.has('user.pending') ||
  call.strikes.has('user.foreign') ||
  (account === undefined ? sim.foreignMails.has(value.toLowerCase()) : account.status === 'pending');

/** `GET /Users?filter=`: `userName eq` and `externalId eq`, which means Zoom's own id. */
export const filterUsers = (sim: Simulation, call: Call): WireReply => {
  const page = readPage(sim, call);
  const { name, value } = parseFilter(call.request.query.get('filter') ?? '', ['userName', 'externalId']);
  const found = findFiltered(sim, name, value);
  if (isElsewhere(sim, call, found, value)) throw notBelonging(sim.settings.notBelongingStatus, value);
  const erased = call.strikes.has('user.deletedInZoom');
  if (found !== undefined && erased) eraseAccount(sim, found);
  const rows = found === undefined || erased ? [] : renderRows(sim, [found]);
  const shown = takePage(call, page, (offset, count) => rows.slice(offset, offset + count));
  return replyList(call, page, shown, rows.length);
};
