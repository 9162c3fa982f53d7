import type { Randomness } from '../random.js';
import type { RouteName } from '../routes.js';
import type { Fault, FaultKind, FaultOf, FaultSelector } from './model.js';

/** What of a request a selector looks at. */
export interface FaultTarget {
  readonly route: RouteName;
  readonly url: string;
  readonly token: 'none' | 'skip' | 'delta';
  readonly inBatch: boolean;
}

/** A fault that was planned. `remove` takes it back; `hits` tells how often it was applied. */
export interface PlannedFault {
  readonly id: number;
  readonly fault: Fault;
  readonly selector: FaultSelector;
  readonly hits: number;
  remove(): void;
}

/** A fault that may be applied to one request. Who applies it says so, since not every answer has what it bends. */
export interface FaultHit {
  readonly fault: Fault;
  apply(): void;
}

export interface FaultBook {
  add(fault: Fault, selector?: FaultSelector): PlannedFault;
  /** What is planned and not spent. */
  readonly planned: readonly PlannedFault[];
  /** The faults for this request. */
  hitsOn(target: FaultTarget): readonly FaultHit[];
  clear(): void;
}

const matches = (selector: FaultSelector, target: FaultTarget): boolean =>
  (selector.routes?.includes(target.route) ?? true) &&
  target.url.includes(selector.urlIncludes ?? '') &&
  (selector.token ?? target.token) === target.token &&
  (selector.inBatch ?? target.inBatch) === target.inBatch;

/** The first fault of this kind, marked as applied; null where none hits the request. */
export const applyFault = <Kind extends FaultKind>(hits: readonly FaultHit[], kind: Kind): FaultOf<Kind> | null => {
  for (const hit of hits) {
    const { fault } = hit;
    if (isKind(fault, kind)) {
      hit.apply();
      return fault;
    }
  }
  return null;
};

const isKind = <Kind extends FaultKind>(fault: Fault, kind: Kind): fault is FaultOf<Kind> => fault.kind === kind;

export const createFaultBook = (random: Randomness): FaultBook => {
  let planned: { id: number; fault: Fault; selector: FaultSelector; hits: number; seen: number; remove(): void }[] = [];
  let lastId = 0;
  return {
    get planned() {
      return planned;
    },
    add: (fault, selector = {}) => {
      lastId += 1;
      const id = lastId;
      const remove = () => {
        planned = planned.filter((one) => one.id !== id);
      };
      const entry = { id, fault, selector, hits: 0, seen: 0, remove };
      planned.push(entry);
      return entry;
    },
    hitsOn: (target) => {
      const hits: FaultHit[] = [];
      for (const entry of planned) {
        if (!matches(entry.selector, target)) {
          continue;
        }
        entry.seen += 1;
        if (entry.seen > (entry.selector.after ?? 0) && random.chance(entry.selector.probability ?? 1)) {
          const apply = () => {
            entry.hits += 1;
            if (entry.hits === entry.selector.times) {
              entry.remove();
            }
          };
          hits.push({ fault: entry.fault, apply });
        }
      }
      return hits;
    },
    clear: () => {
      planned = [];
    },
  };
};
