import type { MappedObject } from '../mapping/compiled.js';
import { mapForCreateUnique } from '../mapping/mapForCreateUnique.js';
import { isUnfilterable } from './match.js';
import { type Fault, FaultError, type JsonValue, type Match } from './model.js';
import type { ProvisionContext } from './provisionContext.js';
import type { Assessment } from './subject.js';

/** The values of a create; a fault of the target's where it could not be asked. */
export type Chosen =
  | { readonly kind: 'chosen'; readonly assessment: Assessment }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** Whether an account is to be made whose values the target must be asked about. */
export const needsUnique = (assessment: Assessment, match: Match | null, { mapping }: ProvisionContext): boolean =>
  mapping.unique.length > 0 &&
  assessment.scope.verdict === 'in' &&
  assessment.mapped?.faults.length === 0 &&
  (match?.kind === 'none' || match?.kind === 'vanished');

/**
 * Asks the target about each candidate of `SelectUniqueValue` until one is free. A candidate that another object of the
 * batch was promised is taken as well: neither is in the target yet.
 */
export const chooseUnique = async (
  assessment: Assessment,
  context: ProvisionContext,
  signal: AbortSignal,
): Promise<Chosen> => {
  const { mapping, scene, world } = context;
  const { id } = assessment.subject.stored.row;
  const isTaken = async (path: string, value: string): Promise<boolean> => {
    if (!promise(context.promised, candidateOf(path, value), id)) return true;
    const found = await world.target.findUser(path, value, signal);
    if (found.kind === 'fault') throw new FaultError(found.fault);
    return found.kind !== 'none';
  };
  try {
    const mapped = await mapForCreateUnique(mapping, assessment.attributes ?? {}, scene.nowMs, isTaken);
    return { kind: 'chosen', assessment: { ...assessment, mapped } };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return isUnfilterable(error.fault)
      ? { kind: 'chosen', assessment: { ...assessment, mapped: cannotBeAsked(mapping.unique) } }
      : { kind: 'fault', fault: error.fault };
  }
};

const candidateOf = (path: string, value: string): string => `${path.toLowerCase()} ${value.toLowerCase()}`;

/** The target refused the name although its search had not shown it: it is not chosen again in this batch. */
export const refuseName = (promised: Map<string, string> | undefined, userName: JsonValue | undefined): void => {
  promised?.set(candidateOf('userName', String(userName)), 'the target');
};

/** False where somebody else was promised it. */
const promise = (promised: Map<string, string> | undefined, candidate: string, id: string): boolean => {
  const owner = promised?.get(candidate) ?? id;
  promised?.set(candidate, owner);
  return owner === id;
};

const cannotBeAsked = (paths: readonly string[]): MappedObject => ({
  values: {},
  faults: paths.map((path) => ({
    path,
    code: 'NoUniqueLookup',
    message: `Mapping to ${path}: the target cannot be searched by it, so that no value can be called unique`,
  })),
});
