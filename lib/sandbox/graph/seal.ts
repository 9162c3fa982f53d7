import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { z } from 'zod';
import { malformedToken } from './errors.js';

/** Turns what a link must remember into an opaque token and back. Whoever changes a character has a malformed token. */
export interface Sealer {
  /** `chars` is the wished length; a token is never shorter than what it holds. */
  seal(payload: unknown, chars: number): string;
  /** Throws the 400 for a token that was not sealed here. */
  open(token: string): SealedContent;
  /** Tokens of earlier generations are recognised as such from now on. */
  startGeneration(): void;
  readonly generation: number;
}

export interface SealedContent {
  readonly payload: unknown;
  readonly issuedAtMs: number;
  readonly generation: number;
}

const envelope = z.tuple([z.number(), z.number(), z.unknown()]);
const ivBytes = 12;
const tagBytes = 16;

export const createSealer = (seed: number, nowMs: () => number): Sealer => {
  const key = createHash('sha256').update(`links of ${seed}`).digest();
  let generation = 1;
  let sealed = 0;
  return {
    seal: (payload, chars) => {
      sealed += 1;
      const iv = createHash('sha256').update(String(sealed)).digest().subarray(0, ivBytes);
      const text = JSON.stringify([generation, nowMs(), payload]);
      const padded = text.padEnd(Math.floor((chars * 3) / 4) - ivBytes - tagBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const content = Buffer.concat([cipher.update(padded, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), content]).toString('base64url');
    },
    open: (token) => {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length <= ivBytes + tagBytes || bytes.toString('base64url') !== token) {
        throw malformedToken();
      }
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes));
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      const first = decipher.update(bytes.subarray(ivBytes + tagBytes));
      const last = finishOrNull(() => decipher.final());
      if (last === null) {
        throw malformedToken();
      }
      const parsed: unknown = JSON.parse(Buffer.concat([first, last]).toString('utf8'));
      const [sealedIn, issuedAtMs, payload] = envelope.parse(parsed);
      return { payload, issuedAtMs, generation: sealedIn };
    },
    startGeneration: () => {
      generation += 1;
    },
    get generation() {
      return generation;
    },
  };
};

/** The cipher throws where the tag does not fit; that is the only way it can fail here. */
const finishOrNull = (finish: () => Buffer): Buffer | null => {
  try {
    return finish();
  } catch {
    return null;
  }
};
