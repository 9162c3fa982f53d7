import { hash } from 'node:crypto';
import { z } from 'zod';
import type { LogPosition } from '../../engine/logReading.js';
import { ApiError } from '../apiError.js';

/** Format, digest of the question, position. */
const content = z.tuple([z.literal(1), z.string(), z.int().min(0).max(8.64e15), z.string().max(200)]);

const sumLength = 22;
const sumOf = (text: string): string => hash('sha256', text, 'base64url').slice(0, sumLength);

/** What a page belongs to: a token is good for the same question only. */
export const digestQuestion = (parts: readonly string[]): string => sumOf(JSON.stringify(parts));

/**
 * Says where the next page begins: behind an entry, so that entries written meanwhile move nothing. Opaque to callers. It
 * holds nothing but a place in a log that its bearer may read anyway, and a checksum against damage.
 */
export const writeSkipToken = ({ instantMs, id }: LogPosition, question: string): string => {
  const text = Buffer.from(JSON.stringify([1, question, instantMs, id])).toString('base64url');
  return `${text}.${sumOf(text)}`;
};

/** Throws `ApiError` 400 for a token that is damaged, or that came with the answer to another question. */
export const readSkipToken = (token: string, question: string): LogPosition => {
  const [text = '', sum] = token.split('.');
  if (sum !== sumOf(text)) throw badToken('is damaged or was not given by this listing');
  const parsed = content.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  if (!parsed.success) throw badToken('is damaged or was not given by this listing');
  const [, digest, instantMs, id] = parsed.data;
  if (digest !== question) throw badToken('belongs to another $filter or $orderby');
  return { instantMs, id };
};

const badToken = (what: string): ApiError =>
  new ApiError(400, 'BadRequest', `$skiptoken: it ${what}. Ask again without it.`, '$skiptoken');
