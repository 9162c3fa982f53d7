import { app, type HttpMethod } from '@azure/functions';
import { openDoor } from '../lib/openDoor.js';

/** Clients written for Graph put its version in front of the path. */
const versions = { '': '', V1: 'v1.0/', Beta: 'beta/' } as const;

/** One authorised route in Graph's shape, with and without a version in front. */
export const graphDoor = (
  name: string,
  method: HttpMethod,
  route: string,
  ...door: Parameters<typeof openDoor>
): void => {
  for (const [suffix, prefix] of Object.entries(versions)) {
    app.http(`${name}${suffix}`, {
      methods: [method],
      authLevel: 'anonymous',
      route: `${prefix}${route}`,
      handler: openDoor(...door),
    });
  }
};
