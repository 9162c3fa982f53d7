import { z } from 'zod';
import { routeNames } from '../routes.js';

const share = z.number().min(0).max(1);

/** Which requests a fault hits. Every member narrows; a selector without any hits all requests. */
export const selectorSchema = z.strictObject({
  /** Routes, by the journal's names. */
  routes: z.array(z.enum(routeNames)).exactOptional(),
  /** A part of path and query as they came. */
  urlIncludes: z.string().exactOptional(),
  /** Which token the request carries in its query. */
  token: z.enum(['none', 'skip', 'delta']).exactOptional(),
  /** Only requests inside a `$batch`, or only those outside. */
  inBatch: z.boolean().exactOptional(),
  /** Matching requests that pass before the first hit. */
  after: z.int().min(0).exactOptional(),
  /** Applications after which the fault is spent; without it the fault stays until removed. */
  times: z.int().min(1).exactOptional(),
  /** That a matching request is hit; 1 where absent. */
  probability: share.exactOptional(),
});
export type FaultSelector = z.infer<typeof selectorSchema>;

const kind = <const Kind extends string>(name: Kind) => z.strictObject({ kind: z.literal(name) });

/** Everything that can go wrong with an answer on purpose. */
export const faultSchema = z.discriminatedUnion('kind', [
  /** 429. `seconds` is the wait; `retryAfter` says in which form it stands in the answer, if at all. */
  z.strictObject({
    kind: z.literal('throttled'),
    retryAfter: z.enum(['seconds', 'date', 'absent']),
    seconds: z.number().min(0).exactOptional(),
    code: z.string().exactOptional(),
  }),
  /** Any other status with an error body as JSON, as HTML, or with none. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    code: z.string().exactOptional(),
    body: z.enum(['json', 'html', 'empty']).exactOptional(),
    retryAfterSeconds: z.number().min(0).exactOptional(),
  }),
  /** The connection breaks before the answer, or in the middle of its body. */
  z.strictObject({ kind: z.literal('reset'), when: z.enum(['before', 'midBody']) }),
  /** No answer until the caller gives up. */
  kind('stall'),
  /** The body ends half-way, in an answer that looks whole. */
  kind('truncated'),
  z.strictObject({ kind: z.literal('wrongContentType'), contentType: z.string().exactOptional() }),
  /** 410 with a Location: the initial URL, the same on another host, or none. */
  z.strictObject({
    kind: z.literal('gone'),
    location: z.enum(['initial', 'foreign', 'absent']),
    origin: z.string().exactOptional(),
  }),
  /** The token is refused as expired (400 syncStateNotFound), as malformed (400) or as unknown (404). */
  z.strictObject({ kind: z.literal('tokenRefused'), as: z.enum(['expired', 'malformed', 'unknown']) }),
  /** The answer's link names another host. */
  z.strictObject({ kind: z.literal('foreignLink'), origin: z.string() }),
  /** The answer's link is a nextLink back to the request itself. */
  kind('linkLoop'),
  /** So many empty pages, each with a nextLink, before the page asked for. */
  z.strictObject({ kind: z.literal('emptyPages'), count: z.int().min(1) }),
  /** An object stands twice on a delta page, in its former and in its present state. */
  z.strictObject({ kind: z.literal('repeatedRow'), order: z.enum(['olderFirst', 'newerFirst']) }),
  /** A deltaLink starts from where the last round started. */
  kind('replayedRound'),
  /** A groups row tells of an edge twice: as it is, then as it was before. */
  kind('edgeOutOfOrder'),
  /** The first change of the round is told only so many rounds later. */
  z.strictObject({ kind: z.literal('lateChange'), rounds: z.int().min(1) }),
  /** appRoleAssignedTo lacks the rows of one principal, or its first row. */
  z.strictObject({ kind: z.literal('rowMissing'), principalId: z.string().exactOptional() }),
  /** appRoleAssignedTo is empty, and complete by its looks. */
  kind('emptyList'),
]);
export type Fault = z.infer<typeof faultSchema>;
export type FaultKind = Fault['kind'];
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>;

/** A fault with what it hits, as other processes send it. */
export const plannedFaultSchema = z.strictObject({ fault: faultSchema, selector: selectorSchema.default({}) });
