import { diacriticsTable } from '../../../lib/expressions/text/diacriticsTable.js';
import { normalizeDiacritics } from '../../../lib/expressions/text/normalizeDiacritics.js';

const entries = Object.entries(diacriticsTable).flatMap(([to, sequences]) =>
  sequences.split(' ').map((sequence) => ({ sequence, to })),
);

test('holds the 261 letters, each once and composed', () => {
  expect(entries).toHaveLength(261);
  expect(new Set(entries.map(({ sequence }) => sequence)).size).toBe(261);
  for (const { sequence } of entries) expect(sequence).toBe(sequence.normalize('NFC'));
});

test('every letter is replaced, alone and in a word, composed and decomposed', () => {
  for (const { sequence, to } of entries) {
    expect(normalizeDiacritics(sequence)).toBe(to);
    expect(normalizeDiacritics(`x${sequence}y`)).toBe(`x${to}y`);
    expect(normalizeDiacritics(sequence.normalize('NFD'))).toBe(to);
  }
});
