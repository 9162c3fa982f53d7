import fc from 'fast-check';
import { showTable, showText } from '../../../lib/cli/operate/show.js';
import { measureText, wrapText } from '../../../lib/cli/operate/wrapText.js';

describe('Text on a terminal', () => {
  it('keeps nothing that could steer the terminal', () => {
    expect(showText('Ann\u001b[31m\u202eEvil\r\nNext')).toBe('Ann [31m Evil Next');
  });

  it('is wrapped between words, within the width, and loses nothing', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'é', '김', '👍', ' '), maxLength: 60 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 20 }), (text, columns) => {
        const lines = wrapText(text, columns);
        for (const line of lines) expect(measureText(line)).toBeLessThanOrEqual(columns);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
    expect(wrapText('no more than ten', 7)).toEqual(['no more', 'than', 'ten']);
  });

  it('makes a table that is no wider than the terminal', () => {
    const columns = [{ title: 'Id' }, { title: 'Name', share: 1 }, { title: 'Why', share: 2 }];
    const rows = [['0001', '김 민준 '.repeat(9), ['one line', 'another line that is long '.repeat(4)]]];
    const lines = showTable(columns, rows, 70).trimEnd().split('\n');
    for (const line of lines) expect(measureText(line)).toBeLessThanOrEqual(70);
    expect(lines.join('\n')).not.toContain('…');
    expect(lines.find((line) => line.includes('one line'))).not.toContain('another');
  });
});
