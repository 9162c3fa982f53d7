import fc from 'fast-check';
import { maskText } from '../../lib/zoom/maskText.js';

describe('maskText', () => {
  it.each([
    ['User jane.doe@contoso.example is odd.', 'User *** is odd.'],
    ['Phone +1 2025550143 is odd', 'Phone +# ########## is odd'],
    ['Bad value "Mina Okoro" here', 'Bad value "***" here'],
    ["Don’t and won't stay", "Don’t and won't stay"],
    ['See https://api.zoom.us/x?token=1 now', 'See *** now'],
    ['<html><style>p{}</style><h1>502 Bad</h1></html>', '### Bad'],
    ['id aX9kLmN0pQrStUvWxYz1AbCdEfGh gone', 'id *** gone'],
    ['a\n  b', 'a b'],
  ])('makes %j fit to be shown', (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  it('masks what was sent, in any case, the longest first', () => {
    expect(maskText('MINA OKORO of Legal (EU)', ['Mina', 'Mina Okoro', 'Legal (EU)', 'o'])).toBe('*** of ***');
  });

  it('cuts long texts', () => {
    expect(maskText('word '.repeat(200)).length).toBeLessThanOrEqual(161);
  });

  it('never lets an e-mail address or a digit through, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.string(), fc.emailAddress(), fc.string(), (before, address, after) => {
        const masked = maskText(`${before} ${address} ${after}`);
        expect(masked).not.toContain(address);
        expect(masked).not.toMatch(/\d/);
      }),
      { seed: 11 },
    );
  });
});
