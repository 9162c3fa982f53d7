import type { ScimAnswer } from '../../lib/zoom/answer.js';

/** An answer with a JSON body, as the taxonomy sees it. */
export const scimAnswer = (status: number, body: unknown, headers: Record<string, string> = {}): ScimAnswer => ({
  status,
  headers: new Headers(headers),
  body: { kind: 'json', value: JSON.parse(JSON.stringify(body)) },
});

export const textAnswer = (status: number, text: string, headers: Record<string, string> = {}): ScimAnswer => ({
  status,
  headers: new Headers(headers),
  body: text === '' ? { kind: 'empty' } : { kind: 'text', text },
});
