import type { FaultMode } from '../../../lib/sandbox/zoom/faultModes.js';
import type { Fault } from '../../../lib/sandbox/zoom/faults.js';
import { call, core, filterPath, newUser, patchActive, startZoom, userPath } from './zoomCalls.js';

/** The user that stands in Zoom before anything strikes. */
export const theo = 'theo.lind@contoso.example';

/** A simulator with that user, what strikes it, and the calls that meet it. */
export const startWith = (user: object = {}, settings: object = {}) => {
  const zoom = startZoom({ settings });
  const { userIds } = zoom.seed({ users: [{ userName: theo, ...user }] });
  const id = userIds[theo] ?? '';
  const strike = (on: Fault['on'], fault: FaultMode, when: Partial<Fault> = {}) =>
    zoom.addFault({ on, fault, ...when });
  return {
    zoom,
    id,
    strike,
    get: () => call(zoom, 'GET', userPath(id)),
    put: (body: object) => call(zoom, 'PUT', userPath(id), { schemas: [core], ...body }),
    patch: (value: unknown) => call(zoom, 'PATCH', userPath(id), patchActive(value)),
    create: (userName: string, more = {}) => call(zoom, 'POST', '/scim2/Users', newUser(userName, more)),
    find: (userName: string) => call(zoom, 'GET', filterPath(`userName eq ${userName}`)),
  };
};
