import { toWarningHeader } from '../../lib/api/warningHeader.js';

describe('the Warning header', () => {
  it('is none without a warning', () => {
    expect(toWarningHeader([])).toBeNull();
  });

  it('quotes each text and keeps to printable ASCII', () => {
    expect(toWarningHeader(['a "b" \\ c', 'Größe\r\nX: y'])).toBe('199 - "a \\"b\\" \\\\ c", 199 - "Gr??e??X: y"');
  });

  it('stays short whatever there is to warn of', () => {
    const header = toWarningHeader(Array.from({ length: 500 }, () => '"'.repeat(1_000))) ?? '';
    expect(header.length).toBeLessThan(8_000);
    expect(header).toMatch(/, 199 - "and 490 more"$/);
  });
});
