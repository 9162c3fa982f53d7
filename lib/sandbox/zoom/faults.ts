import { z } from 'zod';
import { type FaultMode, type FaultName, faultMode } from './faultModes.js';
import type { Random } from './random.js';
import { type Operation, operations } from './router.js';

/** A fault and when it strikes. All conditions that are given must hold. */
export const faultSchema = z.strictObject({
  /** An operation, all of a kind (`users.*`), or every one (`*`). */
  on: z.enum(['*', 'users.*', 'groups.*', 'oauth.*', ...operations]),
  fault: faultMode,
  /** userName or id of the user that the call is about. */
  user: z.string().optional(),
  /** displayName or id of the group that the call is about. */
  group: z.string().optional(),
  /** Which of the calls that match, counted from 1 since the fault was added. */
  nth: z.union([z.int().min(1), z.array(z.int().min(1))]).optional(),
  /** Chance for each call that matches, drawn from the simulator's seed. */
  probability: z.number().min(0).max(1).optional(),
  /** How often it strikes at most. */
  times: z.int().min(1).optional(),
});
export type Fault = z.infer<typeof faultSchema>;

/** The faults that strike one call. */
export class Strikes {
  constructor(private readonly modes: readonly FaultMode[]) {}

  /** The fault of this name, if it strikes. */
  find<Name extends FaultName>(name: Name): Extract<FaultMode, { mode: Name }> | undefined {
    return this.modes.find((mode): mode is Extract<FaultMode, { mode: Name }> => mode.mode === name);
  }

  has(name: FaultName): boolean {
    return this.modes.some((mode) => mode.mode === name);
  }

  names(): readonly FaultName[] {
    return this.modes.map((mode) => mode.mode);
  }
}

const noStrikes = new Strikes([]);

/** Who a call is about: ids and names, as far as known. */
export interface Subjects {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

interface Entry {
  readonly id: number;
  readonly fault: Fault;
  calls: number;
  struck: number;
}

const concernsOperation = (on: Fault['on'], operation: Operation): boolean =>
  on === '*' || on === operation || (on.endsWith('.*') && operation.startsWith(on.slice(0, -1)));

const concernsSubject = (wanted: string | undefined, subjects: readonly string[]): boolean =>
  wanted === undefined ||
  subjects.some((subject) => subject === wanted || subject.toLowerCase() === wanted.toLowerCase());

const isTurn = (nth: Fault['nth'], call: number): boolean =>
  nth === undefined || (typeof nth === 'number' ? nth === call : nth.includes(call));

/** The faults that were ordered, each with its counts. */
export class FaultBook {
  private entries: Entry[] = [];
  private lastId = 0;

  constructor(private readonly random: Random) {}

  /** Checks and adds; the answer is its id. Throws a `ZodError` that names what is wrong. */
  add(fault: Fault): number {
    this.lastId += 1;
    this.entries.push({ id: this.lastId, fault: faultSchema.parse(fault), calls: 0, struck: 0 });
    return this.lastId;
  }

  remove(id: number): void {
    this.entries = this.entries.filter((entry) => entry.id !== id);
  }

  clear(): void {
    this.entries = [];
  }

  list(): readonly { readonly id: number; readonly fault: Fault; readonly calls: number; readonly struck: number }[] {
    return this.entries.map((entry) => ({ ...entry }));
  }

  /** Counts the call and says what strikes it; `findSubjects` is asked only where a fault names somebody. */
  strike(operation: Operation, findSubjects: () => Subjects): Strikes {
    if (this.entries.length === 0) return noStrikes;
    const concerned = this.entries.filter((entry) => concernsOperation(entry.fault.on, operation));
    if (concerned.length === 0) return noStrikes;
    const subjects = findSubjects();
    const struck = concerned.filter((entry) => this.countCall(entry, subjects));
    return new Strikes(struck.map((entry) => entry.fault.fault));
  }

  private countCall(entry: Entry, subjects: Subjects): boolean {
    const { user, group, nth, probability, times } = entry.fault;
    if (!concernsSubject(user, subjects.users) || !concernsSubject(group, subjects.groups)) return false;
    entry.calls += 1;
    if (!isTurn(nth, entry.calls)) return false;
    if (times !== undefined && entry.struck >= times) return false;
    if (probability !== undefined && this.random() >= probability) return false;
    entry.struck += 1;
    return true;
  }
}
