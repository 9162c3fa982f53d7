import { hash } from 'node:crypto';
import { stateDefect } from './faults.js';

const plain = /^[A-Za-z0-9.@:-]*$/;
const isPlain = (char: string): boolean => plain.test(char);

/**
 * Makes any text fit for a key, reversibly: letters, digits and `. @ : -` stay, each byte of the rest is `_` and two hex
 * digits. `|`, `~`, `%` and the characters that Table Storage forbids never come out of it.
 */
export const encodeKey = (text: string): string => {
  if (isPlain(text)) return text;
  let key = '';
  for (const char of text) {
    if (isPlain(char)) key += char;
    else for (const byte of Buffer.from(char, 'utf8')) key += `_${byte.toString(16).padStart(2, '0')}`;
  }
  return key;
};

/** Reads back what `encodeKey` made. */
export const decodeKey = (key: string): string => {
  if (!key.includes('_')) return key;
  const bytes = key.replace(/_([0-9a-f]{2})/g, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};

/** The shards of a job's objects, fixed for ever. */
export const shards = [...'0123456789abcdef'];

/** Last hex digit of the id's SHA-256. */
export const shardOf = (id: string): string => hash('sha256', id, 'hex').slice(-1);

/** The last instant that fits, 9999-12-31T23:59:59.999Z. */
export const lastInstantMs = 253_402_300_799_999;

/** Digits that sort newest first. */
export const newestFirst = (instantMs: number): string => {
  if (!Number.isFinite(instantMs)) throw stateDefect('An instant for a key is no date.');
  return String(lastInstantMs - Math.trunc(instantMs)).padStart(15, '0');
};

/** The instant that `newestFirst` was given. */
export const instantOfNewestFirst = (digits: string): number => lastInstantMs - Number(digits);

/** An instant as it sorts in a key: the same instant is the same text, whatever its precision was. */
export const instantKey = (iso: string): string => {
  const instantMs = Date.parse(iso);
  if (Number.isNaN(instantMs)) throw stateDefect('An instant for a key is no date.');
  return new Date(instantMs).toISOString();
};
