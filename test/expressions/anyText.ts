import fc from 'fast-check';

/** Texts of any UTF-16 units, halves of surrogate pairs among them. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.integer({ min: 0, max: 0xffff }))
  .map((codes) => String.fromCharCode(...codes));
