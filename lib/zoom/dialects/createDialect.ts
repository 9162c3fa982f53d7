import type { Dialect } from './dialect.js';
import { createZoomDialect } from './zoom.js';

const makers = {
  zoom: () => createZoomDialect(),
} as const satisfies Readonly<Record<string, () => Dialect>>;

/** The dialects that there are; `ZOOM_DIALECT` names one. */
export type DialectName = keyof typeof makers;

export const createDialect = (name: DialectName): Dialect => makers[name]();
