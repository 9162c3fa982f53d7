import type { JsonObject, JsonValue } from '../../mapping/json.js';
import { renderAccount } from './accountResource.js';
import { setActive } from './activation.js';
import { findTarget } from './findTarget.js';
import { notBelonging, type Refusal, scimError } from './refusal.js';
import { isArray, isObject, readBoolean, readRequestBody } from './requestBody.js';
import type { ZoomSettings } from './settings.js';
import type { Call, Simulation } from './simulation.js';
import { changeAccount } from './staleReads.js';
import { replyJson, type WireReply } from './wire.js';

const refuseActive = (): Refusal => scimError(400, 'The request json did not contains valid active field.');

const verbs = new Set(['add', 'replace']);

/** What one operation sets `active` to; null where it is about something else. */
const readActive = (operation: JsonObject, settings: ZoomSettings): boolean | null => {
  const { op, path, value } = operation;
  if (typeof op !== 'string' || !verbs.has(op.toLowerCase())) return null;
  const acceptText = settings.textBooleans === 'accept';
  if (path === 'active') return settings.patchForms === 'value' ? null : readBoolean(value, acceptText);
  if (path !== undefined || !isObject(value) || settings.patchForms === 'path') return null;
  return readBoolean(value.active, acceptText);
};

const isActiveOnly = (operation: JsonValue): boolean => {
  if (!isObject(operation)) return false;
  if (operation.path === 'active') return true;
  return isObject(operation.value) && Object.keys(operation.value).every((key) => key === 'active');
};

/** `Operations` with a capital O, holding an `active`; the last one counts. */
const readOperations = (body: JsonObject, settings: ZoomSettings): boolean => {
  const operations = body.Operations;
  if (!isArray(operations)) throw refuseActive();
  if (settings.patchOthers === '400' && !operations.every(isActiveOnly)) throw refuseActive();
  const wanted = operations.map((operation) => (isObject(operation) ? readActive(operation, settings) : null));
  const active = wanted.findLast((value) => value !== null);
  if (active === undefined || active === null) throw refuseActive();
  return active;
};

/** `PATCH /Users/{id}`: activates or deactivates, and nothing else. */
export const patchUser = (sim: Simulation, call: Call): WireReply => {
  const account = findTarget(sim, call);
  const active = readOperations(readRequestBody(sim, call), sim.settings);
  if (account.status === 'pending' || call.strikes.has('user.pending')) {
    throw notBelonging(sim.settings.notBelongingStatus, account.id);
  }
  if (!call.strikes.has('write.ignored')) {
    changeAccount(sim, call, account, () => setActive(sim, call, account, active));
  }
  return replyJson(200, renderAccount(sim, account));
};
