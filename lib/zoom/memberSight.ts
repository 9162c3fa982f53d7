import type { JsonValue } from '../engine/model.js';
import { isJsonObject } from './answer.js';
import type { Dialect } from './dialects/dialect.js';
import type { Exchange } from './exchange.js';
import { readGroup } from './readGroups.js';
import { readUser } from './readUsers.js';

export interface MemberSight {
  /** Whether the account is in the group, as the account or the group shows it; null where neither shows. */
  isMember(groupId: string, memberId: string, signal: AbortSignal): Promise<boolean | null>;
}

const holds = (list: readonly JsonValue[], texts: ReadonlySet<string>): boolean =>
  list.some(
    (entry) =>
      isJsonObject(entry) &&
      [entry['value'], entry['display']].some((text) => typeof text === 'string' && texts.has(text.toLowerCase())),
  );

/** Zoom's accounts show their groups by name, and its groups show nobody; other services show members. */
export const createMemberSight = (exchange: Exchange, dialect: Dialect): MemberSight => ({
  isMember: async (groupId, memberId, signal) => {
    const group = await readGroup(exchange, dialect, groupId, signal);
    if (group.kind !== 'found') return null;
    const { members } = group.account.resource;
    if (Array.isArray(members)) return holds(members, new Set([memberId.toLowerCase()]));
    const user = await readUser(exchange, dialect, memberId, signal);
    const groups = user.kind === 'found' ? user.account.resource.groups : null;
    if (!Array.isArray(groups)) return null;
    return holds(groups, new Set([groupId.toLowerCase(), group.account.userName.toLowerCase()]));
  },
});
