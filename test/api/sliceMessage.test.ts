import { parseSliceMessage } from '../../lib/api/sliceMessage.js';

describe('a message of the cycles queue', () => {
  const message = { jobId: 'job', cycleId: null, slice: 1 };

  it('is read from JSON that the host has parsed, and from text', () => {
    expect(parseSliceMessage(message)).toEqual(message);
    expect(parseSliceMessage(JSON.stringify({ ...message, cycleId: 'c' }))).toEqual({ ...message, cycleId: 'c' });
  });

  it.each([null, 'no json', {}, { ...message, slice: 0 }, { ...message, slice: 1.5 }, { ...message, cycleId: 7 }])(
    'is refused as %j',
    (odd) => {
      expect(() => parseSliceMessage(odd)).toThrow();
    },
  );
});
