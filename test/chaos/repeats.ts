import { z } from 'zod';
import type { ZoomRequest } from './control.js';

const named = z.object({ userName: z.string() });

/** What a write is about: the name that an account is made under, or the account. */
const subjectOf = ({ operation, path, body }: ZoomRequest): string => {
  if (operation !== 'users.create') return path;
  return `create ${named.safeParse(body).data?.userName.toLowerCase() ?? ''}`;
};

/**
 * Writes that said again what the last one about the same account had said, and accounts that were asked for under one
 * name once more. `writes`: in the order that Zoom got them.
 */
export const countRepeats = (writes: readonly ZoomRequest[]): number => {
  const last = new Map<string, string>();
  let repeats = 0;
  for (const write of writes) {
    const subject = subjectOf(write);
    const said = write.operation === 'users.create' ? '' : `${write.operation} ${JSON.stringify(write.body)}`;
    if (last.get(subject) === said) repeats += 1;
    last.set(subject, said);
  }
  return repeats;
};
