import type { RequestTrace } from '../engine/model.js';
import { templatePath } from '../http/pathTemplate.js';

/** Zoom's own id of a request, for its support. */
export const requestIdHeader = 'x-zm-trackingid';

const scimWords = ['Users', 'Groups', 'token', 'revoke'];

/** Templates of paths below these endpoints: their own segments and SCIM's resources stay, ids go. */
export const createPathTemplate = (endpoints: readonly URL[]): ((path: string) => string) => {
  const segments = endpoints.flatMap((endpoint) => endpoint.pathname.split('/').filter((segment) => segment !== ''));
  const words = new Set([...scimWords, ...segments]);
  return (path) => templatePath(path, words);
};

/** A request before its answer, as a fault names it. */
export const traceRequest = (method: string, path: string): RequestTrace => ({
  service: 'zoom',
  method,
  path,
  status: null,
  requestId: null,
});
