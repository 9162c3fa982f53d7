import { ApiError } from './apiError.js';

/** The longest body that any route takes; a schema document is often 130 KB. */
export const longestBodyBytes = 1024 * 1024;

const tooLarge = (): ApiError =>
  new ApiError(413, 'RequestTooLarge', `The body is longer than ${longestBodyBytes / 1024 / 1024} MiB.`);

/**
 * A body as text, counted while it is read: what is too long is left unread. Throws `ApiError` 413, and 400 for what is
 * no UTF-8.
 */
export const readBodyText = async (
  body: AsyncIterable<Uint8Array> | null,
  declaredBytes: string | null,
): Promise<string> => {
  if (Number(declaredBytes ?? 0) > longestBodyBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length > longestBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new ApiError(400, 'BadRequest', 'The body is no UTF-8 text.');
  }
};
