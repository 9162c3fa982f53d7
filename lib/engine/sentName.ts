import type { ObjectType, Values } from './model.js';

/** By what the target can be searched for what these values make: an account's user name, a group's name. */
export const sentName = (type: ObjectType, values: Values): string | null => {
  const name = values[type === 'group' ? 'displayName' : 'userName'];
  return typeof name === 'string' ? name : null;
};
