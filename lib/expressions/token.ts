import type { Span } from './position.js';

export const symbols = ['(', ')', ',', '&', '=', '<>', '>=', '<=', '>', '<'] as const;
export type TokenSymbol = (typeof symbols)[number];

export type Token = Span &
  (
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'attribute'; readonly name: string }
    /** `value` is null for a fraction, which no function accepts as a number. */
    | { readonly kind: 'number'; readonly value: bigint | null }
    | { readonly kind: 'word'; readonly text: string }
    | { readonly kind: 'symbol'; readonly symbol: TokenSymbol }
    | { readonly kind: 'end' }
  );
