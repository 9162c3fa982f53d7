import type { World } from '../world.js';

export type FoundSubject =
  | { readonly kind: 'one'; readonly id: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous' };

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is an object id of the directory, and no name. */
export const isObjectId = (text: string): boolean => guid.test(text);

/**
 * Who is meant by an id, a userPrincipalName or a mail. The directory frees the name of whoever is deleted: where nobody
 * living has it, those are meant whom the log knows by it and the directory does not show.
 */
export const findSubject = async (
  name: string,
  { directory, state }: Pick<World, 'directory' | 'state'>,
  signal: AbortSignal,
): Promise<FoundSubject> => {
  if (isObjectId(name)) return { kind: 'one', id: name.toLowerCase() };
  const living = await directory.findUsers(name, signal);
  if (living.length > 0) return chosenOf(living);
  const logged = await state.records.findSourceIds(name);
  if (logged.length === 0) return { kind: 'unknown' };
  const reads = await directory.readUsers(logged, [], signal);
  return chosenOf(logged.filter((id) => reads.get(id)?.kind === 'unseen'));
};

const chosenOf = (ids: readonly string[]): FoundSubject => {
  const [first, ...others] = ids;
  if (first === undefined) return { kind: 'unknown' };
  return others.length === 0 ? { kind: 'one', id: first } : { kind: 'ambiguous' };
};
