import type { Fault } from '../model.js';

/** What Zoom was made to hold of one person in one group, by the ids of both in Zoom. */
export interface ExportedMembership {
  readonly group: string;
  readonly member: string;
  /** False: a request was sent whose end nobody knows, so that the person may be in the group or not. */
  readonly isCertain: boolean;
}

/** Failed attempts in a row to write one membership. */
export interface MemberEscrow {
  readonly attempts: number;
  /** ISO instant of the first of them. */
  readonly since: string;
  /** What became of the last one. */
  readonly fault: Fault;
}

/** One person in one group, by the ids of the source. */
export interface Membership {
  readonly group: string;
  readonly user: string;
  readonly wanted: boolean;
  readonly exported: ExportedMembership | null;
  /** Null after a success, or where nothing was tried. */
  readonly escrow: MemberEscrow | null;
}

export interface MemberPage {
  readonly rows: readonly Membership[];
  readonly cursor: string | null;
}

/** A pair that is to be compared; `user` null: every pair of the group. */
export interface MemberPair {
  readonly group: string;
  readonly user: string | null;
}

/** A pair that waits for an ISO instant. */
export interface DelayedPair extends MemberPair {
  readonly due: string;
}

/** One mark of a pair. A pair that is marked again while it is looked at has a second one. */
export interface MemberMark extends MemberPair {
  readonly stamp: string;
}

/** Table `GroupMembers`: wanted and exported membership, and what of it must be compared. */
export interface MemberStore {
  mark(pairs: readonly MemberPair[]): Promise<void>;
  /** Marks in the order of groups, of groups behind `after`; the page ends anywhere. */
  listMarks(after: string | null, limit: number): Promise<readonly MemberMark[]>;
  removeMarks(marks: readonly MemberMark[]): Promise<void>;
  /** Marks the pairs again at an ISO instant, when somebody calls `takeDue` after it. */
  delay(pairs: readonly MemberPair[], due: string): Promise<void>;
  /** Marks what was delayed until this ISO instant; false when nothing was. */
  takeDue(before: string): Promise<boolean>;
  /** What waits, soonest first; the cursor leads on. */
  listDelayed(
    cursor: string | null,
    limit: number,
  ): Promise<{ readonly pairs: readonly DelayedPair[]; readonly cursor: string | null }>;
  /** A pair of which nothing is known has no entry. */
  read(group: string, users: readonly string[]): Promise<ReadonlyMap<string, Membership>>;
  list(group: string, cursor: string | null): Promise<MemberPage>;
  /** A row that is neither wanted nor exported goes. */
  put(rows: readonly Membership[]): Promise<void>;
}
