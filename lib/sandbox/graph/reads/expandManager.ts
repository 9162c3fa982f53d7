import type { JsonObject } from '../../../mapping/json.js';
import { defaultUserProperties, userProperties } from '../directory/properties.js';
import { isLive, type Store } from '../directory/store.js';
import { badRequest, notImplemented } from '../errors.js';
import { readRow } from '../rows.js';
import { parseSelect } from '../select.js';

/** Adds the manager to a user's row, where it has one that is live. */
export type ExpandManager = (store: Store, managerId: string | null) => JsonObject;

const expandNothing: ExpandManager = () => ({});

/** Reads `$expand=manager` or `$expand=manager($select=…)`; 501 for other relations and options, 400 for the rest. */
export const parseExpandManager = (expand: string | undefined): ExpandManager => {
  if (expand === undefined) {
    return expandNothing;
  }
  const [, options] = /^manager(?:\((.*)\))?$/.exec(expand) ?? [expand, null];
  if (options === null) {
    throw /^[a-zA-Z]+(\(.*\))?$/.test(expand)
      ? notImplemented(`Expanding '${expand}' is not served here.`)
      : badRequest(`Invalid $expand: '${expand}'.`);
  }
  const [, select] = /^\$select=([^;]+)$/.exec(options ?? '') ?? [];
  if (options !== undefined && select === undefined) {
    throw notImplemented(`The options of '${expand}' are not served here.`);
  }
  const names = select === undefined ? defaultUserProperties : parseSelect(select, 'user', userProperties, null).names;
  return (store, managerId) => {
    const manager = managerId === null || !isLive(store, managerId) ? undefined : store.users.get(managerId);
    if (manager === undefined) {
      return {};
    }
    const row = readRow(manager.id, manager.properties, names, userProperties);
    return { manager: { '@odata.type': '#microsoft.graph.user', ...row } };
  };
};
