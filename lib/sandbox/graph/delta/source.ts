import type { JsonObject } from '../../../mapping/json.js';

/** One step through a round: what it adds to the page, and where the object goes on if it was not told whole. */
export interface Step {
  readonly row: JsonObject | null;
  readonly edges: number;
  /** How far the object's edges were told; null: this object is done. */
  readonly nextCursor: number | null;
}

/** The objects of a round by their place in it. */
export interface RoundSource {
  readonly count: number;
  step(at: number, cursor: number, edgesLeft: number): Step;
}

export interface FilledPage {
  readonly rows: readonly JsonObject[];
  readonly at: number;
  readonly cursor: number;
}

/**
 * Steps on from a place until the page is full. An object that is not told whole ends the page, since the service
 * repeats a large group over pages and not within one.
 */
export const fillPage = (
  source: RoundSource,
  from: { readonly at: number; readonly cursor: number },
  maxRows: number,
  maxEdges: number,
): FilledPage => {
  const rows: JsonObject[] = [];
  let { at, cursor } = from;
  let edgesLeft = maxEdges;
  while (at < source.count && rows.length < maxRows && edgesLeft > 0) {
    const step = source.step(at, cursor, edgesLeft);
    if (step.row !== null) {
      rows.push(step.row);
    }
    edgesLeft -= step.edges;
    if (step.nextCursor !== null) {
      return { rows, at, cursor: step.nextCursor };
    }
    at += 1;
    cursor = 0;
  }
  return { rows, at, cursor };
};
