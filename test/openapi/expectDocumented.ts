import { checkJson } from './checkJson.js';
import { routes } from './document.js';

/**
 * Holds an answer against the document: its status, its media type and every member of its body. Gives the parsed body;
 * undefined where there is none.
 */
export const expectDocumented = async (operationId: string, response: Response): Promise<unknown> => {
  const route = routes.find((one) => one.operationId === operationId);
  if (!route) throw new Error(`The document has no operation ${operationId}.`);
  const place = `${operationId} ${response.status}`;
  const text = await response.text();
  const mediaType = response.headers.get('content-type')?.split(';')[0] ?? 'application/json';
  const schema = route.answerSchema(response.status, mediaType);
  expect([place, schema === undefined ? `nothing is documented as ${mediaType}` : null]).toEqual([place, null]);
  if (schema === null) {
    expect([place, text]).toEqual([place, '']);
    return undefined;
  }
  if (mediaType !== 'application/json') return text;
  const body: unknown = JSON.parse(text);
  expect([place, checkJson(schema, body)]).toEqual([place, []]);
  return body;
};
