import type { JsonValue, ObjectType } from './model.js';

/**
 * missing: a linked account is not there any more. active: it was disabled or enabled by somebody else. differs: it holds
 * another value of a mapped attribute. unmanaged: an account that belongs to nobody of ours.
 */
export const driftKinds = ['missing', 'differs', 'active', 'unmanaged'] as const;
export type DriftKind = (typeof driftKinds)[number];

/** One attribute; values that the log must not show are replaced. `found` null: nothing. */
export interface DriftDifference {
  readonly path: string;
  readonly wanted: JsonValue;
  readonly found: JsonValue;
}

/** One account of the target that is not as it was left. */
export interface DriftRow {
  /** The source object; null where nobody's. */
  readonly id: string | null;
  readonly type: ObjectType;
  readonly targetId: string;
  readonly kind: DriftKind;
  readonly differences: readonly DriftDifference[];
  /** Of its log record, so that a page that is replayed writes the same one. */
  readonly recordId: string;
}

/** The report in force. `mode` and `at` null: the target was not compared yet, only let go of. */
export interface DriftReport {
  /** The cycle under whose id the rows stand. */
  readonly cycleId: string;
  readonly mode: 'report' | 'repair' | null;
  readonly at: string | null;
}

/** A row's key: users and groups of a target may be numbered alike. */
export type DriftKey = Pick<DriftRow, 'kind' | 'type' | 'targetId'>;

/** An account that a listing showed; `isAsKnown` false: it has to be looked at. */
export interface ListedAccount {
  readonly type: ObjectType;
  readonly targetId: string;
  readonly isAsKnown: boolean;
}

export interface DriftPage {
  readonly rows: readonly DriftRow[];
  readonly cursor: string | null;
}

/** Table `Drift`: the report that is in force, the one that is being made, and what the listing for it showed. */
export interface DriftStore {
  putListed(cycleId: string, accounts: readonly ListedAccount[]): Promise<void>;
  /** Those that were listed in this cycle, by target id. */
  findListed(
    cycleId: string,
    type: ObjectType,
    targetIds: readonly string[],
  ): Promise<ReadonlyMap<string, ListedAccount>>;
  /** Put again, a row is replaced. */
  put(cycleId: string, rows: readonly DriftRow[]): Promise<void>;
  find(cycleId: string, keys: readonly DriftKey[]): Promise<readonly DriftRow[]>;
  remove(cycleId: string, rows: readonly DriftKey[]): Promise<void>;
  /** Rows by kind, then target id. */
  list(cycleId: string, kind: DriftKind | null, cursor: string | null, limit: number): Promise<DriftPage>;
  readReport(): Promise<DriftReport | null>;
  publish(report: DriftReport): Promise<void>;
  /** Erases a page of what no report in force needs; false when nothing is left. */
  tidy(): Promise<boolean>;
}
