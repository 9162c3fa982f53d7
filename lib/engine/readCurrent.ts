import type { ReadCurrent } from '../mapping/compiled.js';
import type { Fault, Match } from './model.js';
import type { ProvisionContext } from './provisionContext.js';
import type { Link } from './stored.js';

/** What the target holds beyond what the link knows; a fault where it could not be read. */
export type Current =
  | { readonly kind: 'current'; readonly read: ReadCurrent | null }
  | { readonly kind: 'fault'; readonly fault: Fault };

const nothing: Current = { kind: 'current', read: null };

/**
 * Reads the account where a mapping flows by what the target holds and the link does not know it. An account that is
 * gone or open is left to the write, which finds out.
 */
export const readCurrent = async (
  match: Match,
  link: Link | null,
  { mapping, world }: ProvisionContext,
  signal: AbortSignal,
): Promise<Current> => {
  if (match.kind !== 'linked' || match.account !== null || link === null) return nothing;
  if (mapping.dependsOnCurrent.every((path) => link.held[path] !== undefined)) return nothing;
  const result = await world.target.readUser(match.targetId, signal);
  if (result.kind === 'fault') return result;
  if (result.kind !== 'found') return nothing;
  const { resource } = result.account;
  return { kind: 'current', read: (path) => mapping.readTargetPath(resource, path) ?? null };
};
