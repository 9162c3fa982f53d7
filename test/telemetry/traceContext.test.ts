import fc from 'fast-check';
import { placeOfCycle, printTraceparent, readTraceparent } from '../../lib/telemetry/traceContext.js';

describe('the place of a cycle in its trace', () => {
  it('is the same for every worker, its trace id is the cycle’s id, and it survives a message', () => {
    fc.assert(
      fc.property(fc.uuid(), (cycleId) => {
        const place = placeOfCycle(cycleId);
        expect(place).toEqual(placeOfCycle(cycleId));
        expect(place.traceId).toBe(cycleId.replaceAll('-', ''));
        expect(readTraceparent(printTraceparent(place))).toEqual(place);
      }),
    );
  });

  it('is valid for an id of any form', () => {
    fc.assert(
      fc.property(fc.string(), (cycleId) => {
        const place = placeOfCycle(cycleId);
        expect(readTraceparent(printTraceparent(place))).toEqual(place);
      }),
    );
    expect(placeOfCycle('00000000-0000-0000-0000-000000000000').traceId).not.toBe('0'.repeat(32));
  });

  it('is not read from anything but a traceparent', () => {
    const zeros = `00-${'0'.repeat(32)}-${'a'.repeat(16)}-01`;
    for (const text of ['', 'x', zeros, `00-${'a'.repeat(32)}-${'0'.repeat(16)}-01`, `00-${'A'.repeat(32)}-b-01`]) {
      expect(readTraceparent(text)).toBeNull();
    }
  });
});
