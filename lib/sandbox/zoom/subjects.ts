import type { Subjects } from './faults.js';
import type { Operation } from './router.js';
import type { Simulation } from './simulation.js';
import type { WireRequest } from './wire.js';

const readMember = (body: string, name: string): string | undefined => {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const value: unknown = Object.entries(parsed).find(([member]) => member === name)?.[1];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
};

/** The userName that a creation asks for, if its body can be read at all. */
export const readUserName = (body: string): string | undefined => readMember(body, 'userName');

const readFilterText = (request: WireRequest): string =>
  (request.query.get('filter') ?? '').replace(/^\s*\S+\s+eq\s+/, '').replace(/^"(.*)"\s*$/, '$1');

const isText = (text: string | undefined): text is string => text !== undefined && text !== '';

/** Everybody's names by which a fault may mean this call. */
export const findSubjects = (sim: Simulation, request: WireRequest, operation: Operation, id: string): Subjects => {
  const filter = operation.endsWith('.filter') ? readFilterText(request) : '';
  if (operation.startsWith('users.')) {
    const created = operation === 'users.create' ? readUserName(request.body) : undefined;
    const known = sim.accounts.get(id) ?? sim.accounts.findByUserName(created ?? filter);
    return { users: [id, filter, created, known?.id, known?.userName].filter(isText), groups: [] };
  }
  const created = operation === 'groups.create' ? readMember(request.body, 'displayName') : undefined;
  return { users: [], groups: [id, filter, created, sim.groups.get(id)?.displayName].filter(isText) };
};
