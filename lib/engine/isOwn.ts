import type { Attributes } from '../expressions/attributes.js';
import type { CompiledMapping } from '../mapping/compiled.js';
import type { Match } from './model.js';
import type { Intent } from './stored.js';
import type { ExportContext } from './task.js';

/** Whether user names are chosen by `SelectUniqueValue`. */
export const choosesUserName = ({ unique }: Pick<CompiledMapping, 'unique'>): boolean =>
  unique.some((path) => path.toLowerCase() === 'username');

/**
 * Whether the account found by the name that an intent sent is the one it made. A name that was chosen because it was
 * free says nothing about whose it is: somebody may have been quicker. There the account must hold one of the person's
 * matching values; of a person of whom nothing is known no account is taken for theirs.
 */
export const isOwn = async (
  match: Match,
  intent: Pick<Intent, 'targetId'> | null,
  attributes: Attributes | null,
  { mapping, world }: Pick<ExportContext, 'mapping' | 'world'>,
  signal: AbortSignal,
): Promise<boolean> => {
  if (match.kind !== 'found' || intent === null || intent.targetId !== null || !choosesUserName(mapping)) return true;
  if (attributes === null) return false;
  const read = match.account.complete ? null : await world.target.readUser(match.account.id, signal);
  const { resource } = read?.kind === 'found' ? read.account : match.account;
  const { values } = mapping.mapMatching(attributes, world.clock.nowMs());
  return Object.keys(values).some((path) => {
    const held = mapping.readTargetPath(resource, path) ?? null;
    return mapping.findDifferences({ [path]: values[path] ?? null }, () => held).length === 0;
  });
};
