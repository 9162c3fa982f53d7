import { runPreviewHistory } from './previewHistory.js';

const seeds = Array.from({ length: 8 }, (_, index) => index + 1);

describe('a preview, at any moment of a random history', () => {
  it.each(seeds)(
    'amid faults and kills, says what the cycle then does and leaves everything as it was (seed %i)',
    async (seed) => {
      expect(await runPreviewHistory(seed)).toEqual({ story: [], wrongs: [] });
    },
  );
});
