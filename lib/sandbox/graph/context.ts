import type { Answer, Trace } from './answer.js';
import type { TokenBook } from './bearer.js';
import type { SimulatorClock } from './clock.js';
import type { RoundCache } from './delta/changes.js';
import type { QueryBook } from './delta/query.js';
import type { Store } from './directory/store.js';
import type { FaultBook, FaultHit } from './faults/book.js';
import type { JournalWriter } from './journal.js';
import type { Outbox } from './outbox.js';
import type { QueryOptions } from './query.js';
import type { Randomness } from './random.js';
import type { Route } from './routes.js';
import type { Sealer } from './seal.js';
import type { GraphSettings } from './settings.js';
import type { Bucket } from './throttle.js';

/** Everything that answering needs and that outlives a request. `store` is replaced by a reset. */
export interface Context {
  readonly clock: SimulatorClock;
  readonly settings: GraphSettings;
  readonly random: Randomness;
  readonly bearer: TokenBook;
  readonly bucket: Bucket;
  readonly journal: JournalWriter;
  readonly faults: FaultBook;
  readonly sealer: Sealer;
  readonly streams: QueryBook;
  readonly rounds: RoundCache;
  readonly outbox: Outbox;
  store: Store;
}

/** One request on its way to an answer. */
export interface Call {
  readonly method: string;
  /** Scheme, host and port that the caller used; links are made of it. */
  readonly origin: string;
  readonly version: 'v1.0' | 'beta';
  /** Below the version, as it came. */
  readonly path: string;
  readonly route: Route;
  readonly query: QueryOptions;
  readonly headers: Headers;
  readonly body: string;
  /** The id of the request within its batch; null outside of one. */
  readonly inBatch: string | null;
  readonly trace: Trace;
}

/** A request as it came in, on its own or inside a batch. */
export interface Incoming extends Pick<Call, 'method' | 'origin' | 'path' | 'headers' | 'body' | 'inBatch'> {
  /** null: the path names no version, and so nothing that is served. */
  readonly version: Call['version'] | null;
  /** With the question mark, or empty. */
  readonly rawQuery: string;
}

/** A call that was let through. `asOfMs` is where the replica that serves it stands. */
export interface GrantedCall extends Call {
  readonly roles: ReadonlySet<string>;
  readonly hits: readonly FaultHit[];
  readonly asOfMs: number;
}

export type Handler = (context: Context, call: GrantedCall) => Answer;

/** The URL of a resource under the version that the caller used. */
export const linkTo = (call: Call, path: string): string => `${call.origin}/${call.version}/${path}`;
