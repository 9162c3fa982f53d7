import type { Dialect } from './dialect.js';
import { createRfc7644Dialect } from './rfc7644.js';
import { createZoomDialect } from './zoom.js';

const makers = {
  zoom: () => createZoomDialect(),
  rfc7644: createRfc7644Dialect,
} as const satisfies Readonly<Record<string, () => Dialect>>;

/** The dialects that there are; `ZOOM_DIALECT` names one. */
export type DialectName = keyof typeof makers;

export const createDialect = (name: DialectName): Dialect => makers[name]();
