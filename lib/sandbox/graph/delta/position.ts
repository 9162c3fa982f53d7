import { z } from 'zod';

/** An object whose changes since `fromSeq` are told only after so many further rounds. */
const lateSchema = z.object({ id: z.string(), fromSeq: z.number(), rounds: z.number() });
export type LateChange = z.infer<typeof lateSchema>;

/**
 * Where a page starts: the object's place in the round, how far its edges were told, and the empty pages still to
 * come before it (-1: not decided).
 */
const place = { query: z.number(), at: z.number(), cursor: z.number(), empty: z.number() };

const initialSchema = z.object({
  kind: z.literal('initial'),
  ...place,
  /** Draws of one round are alike at every page. */
  round: z.number(),
  toSeq: z.number(),
  /** Ids that were there when the round started. */
  count: z.number(),
});
const changesSchema = z.object({
  kind: z.literal('changes'),
  ...place,
  fromSeq: z.number(),
  toSeq: z.number(),
  /** Changes of former rounds that are told in this one. */
  due: z.array(lateSchema),
  /** Objects that this round does not tell of. */
  withheld: z.array(lateSchema),
  minimal: z.boolean(),
});
const endSchema = z.object({
  kind: z.literal('end'),
  query: z.number(),
  fromSeq: z.number(),
  /** Where the round that ended here started. */
  previousFromSeq: z.number(),
  late: z.array(lateSchema),
});

export type InitialPosition = z.infer<typeof initialSchema>;
export type ChangesPosition = z.infer<typeof changesSchema>;
export type PagePosition = InitialPosition | ChangesPosition;
export type EndPosition = z.infer<typeof endSchema>;
export const positionSchema = z.discriminatedUnion('kind', [initialSchema, changesSchema, endSchema]);
