import { filterFault } from './filterFault.js';

/** A piece of a `$filter`; `at` is its offset, from 0. */
export type FilterToken =
  | { readonly kind: 'text'; readonly text: string; readonly at: number }
  /** A name, keyword, number or instant: whatever stands unquoted. */
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  | { readonly kind: '(' | ')' | ','; readonly at: number }
  | { readonly kind: 'end'; readonly at: number };

/** A quote inside a text is doubled (OData 4.01, URL conventions 5.1.1.14.1). */
const pieces = /\s*(?:'((?:[^']|'')*)'|([(),])|([^\s'(),]+))/y;

const isPunctuation = (text: string): text is '(' | ')' | ',' => text === '(' || text === ')' || text === ',';

/** Cuts a `$filter` into its pieces. Throws `ApiError` 400 for a text that is not closed. */
export const tokenizeFilter = (source: string): readonly FilterToken[] => {
  const tokens: FilterToken[] = [];
  const filter = source.trimEnd();
  pieces.lastIndex = 0;
  while (pieces.lastIndex < filter.length) {
    const from = pieces.lastIndex;
    const found = pieces.exec(filter);
    if (!found) throw filterFault(`a text that begins after position ${from} has no closing quote.`);
    const [whole, text, mark, word] = found;
    const at = from + whole.search(/\S/);
    if (text !== undefined) tokens.push({ kind: 'text', text: text.replaceAll("''", "'"), at });
    else if (mark !== undefined && isPunctuation(mark)) tokens.push({ kind: mark, at });
    else tokens.push({ kind: 'word', text: word ?? '', at });
  }
  return [...tokens, { kind: 'end', at: filter.length }];
};
