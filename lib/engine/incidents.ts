import type { Notice } from './ports.js';

/** How far one channel has got with an incident. `failure` is the code of the last attempt. */
export interface Delivery {
  readonly state: 'due' | 'sent' | 'givenUp';
  readonly attempts: number;
  readonly nextAttemptAt: string;
  readonly failure: string | null;
}

/** Who was told what: one row an incident, so that it is told once over restarts and workers. */
export interface Incident {
  readonly notice: Notice;
  readonly toldAt: string;
  /** It stands until it is seen no longer; else it happened once. */
  readonly isStanding: boolean;
  readonly endedAt: string | null;
  /** Whoever sends holds it until then. */
  readonly claimedUntil: string | null;
  /** By channel. */
  readonly deliveries: Readonly<Record<string, Delivery>>;
}

export interface StoredIncident {
  readonly incident: Incident;
  readonly etag: string;
}

/** Rows `incident:{id}` of `Jobs`. Every write goes under the version that was read. */
export interface IncidentStore {
  /** Null where the incident has a row already. */
  create(incident: Incident): Promise<StoredIncident | null>;
  read(id: string): Promise<StoredIncident | null>;
  list(): Promise<readonly StoredIncident[]>;
  /** Null where somebody else was faster. */
  replace(before: StoredIncident, after: Incident): Promise<StoredIncident | null>;
  remove(stored: StoredIncident): Promise<void>;
}

/** Our own active links by the licence that Zoom said they hold. */
export interface LicenceCounts {
  readonly countedAt: string;
  readonly licensed: number;
  readonly basic: number;
  /** Hold less than their role asks for. */
  readonly short: number;
}

export interface LicenceStore {
  read(): Promise<LicenceCounts | null>;
  write(counts: LicenceCounts): Promise<void>;
}
