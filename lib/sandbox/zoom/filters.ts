import { type Refusal, scimError } from './refusal.js';

/** `name eq value`, the one form that Zoom knows. */
export interface Filter {
  readonly name: string;
  readonly value: string;
}

export const refuseFilter = (filter: string): Refusal =>
  scimError(400, `The current filter does not support the filter name: ${filter}`);

/** A JSON string to its end, else the text as it stands; null where a quote is left open. */
export const readFilterValue = (text: string): string | null => {
  if (!text.startsWith('"')) return text === '' || text.includes('"') ? null : text;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'string' ? parsed : null;
  } catch {
    return null;
  }
};

/** Reads a decoded filter on one of `names`; throws the 400 for every other one. */
export const parseFilter = (filter: string, names: readonly string[]): Filter => {
  const parts = /^\s*(\S+)\s+eq\s+(.*?)\s*$/s.exec(filter);
  const name = parts?.[1];
  if (name === undefined || !names.includes(name)) throw refuseFilter(name ?? filter);
  const value = readFilterValue(parts?.[2] ?? '');
  if (value === null) throw refuseFilter(filter);
  return { name, value };
};
