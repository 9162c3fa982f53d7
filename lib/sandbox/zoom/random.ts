/** A number from 0 up to, not including, 1. */
export type Random = () => number;

/** The same seed gives the same sequence on every machine (mulberry32). */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
};

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const drawText = (random: Random, length: number): string => {
  let text = '';
  for (let at = 0; at < length; at += 1) text += base64url[Math.floor(random() * base64url.length)];
  return text;
};

/** `base64url`: as Zoom's ids look today. `awkward`: with `&` and `/`, which a client must encode. */
export type IdAlphabet = 'base64url' | 'awkward';

/** A fresh id of 22 characters. */
export const drawId = (random: Random, alphabet: IdAlphabet): string => {
  const text = drawText(random, 22);
  return alphabet === 'base64url' ? text : `${text.slice(0, 4)}&${text.slice(5, 12)}/${text.slice(13)}`;
};

/** A fresh token or authorisation code, told apart by its prefix. */
export const drawToken = (random: Random, prefix: string): string => `${prefix}-${drawText(random, 40)}`;
