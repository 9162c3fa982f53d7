import type { Attributes } from '../expressions/attributes.js';
import type { CompiledMapping, MappedObject } from './compiled.js';

/** A rule with random parts gives a new candidate each time; somewhere its luck must end. */
const maxRounds = 50;

/**
 * `mapForCreate` for a mapping with `unique` paths: asks the target about every candidate of `SelectUniqueValue` until
 * all chosen ones are free. Where none is, the result carries the fault `NoUniqueValue`. What `isTaken` throws goes to
 * the caller.
 */
export const mapForCreateUnique = async (
  mapping: Pick<CompiledMapping, 'mapForCreate'>,
  attributes: Attributes,
  nowMs: number,
  isTaken: (path: string, value: string) => Promise<boolean>,
): Promise<MappedObject> => {
  const answers = new Map<string, boolean>();
  for (let round = 1; ; round += 1) {
    const asked = new Map<string, { path: string; value: string }>();
    const mapped = mapping.mapForCreate(attributes, nowMs, (path, value) => {
      const key = JSON.stringify([path, value]);
      const answer = answers.get(key);
      if (answer === undefined) asked.set(key, { path, value });
      return answer ?? round > maxRounds;
    });
    if (asked.size === 0 || round > maxRounds) return mapped;
    for (const [key, { path, value }] of asked) answers.set(key, await isTaken(path, value));
    if ([...asked.keys()].every((key) => answers.get(key) === false)) return mapped;
  }
};
