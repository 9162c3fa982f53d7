import type { CompiledMapping } from '../mapping/compiled.js';
import type { AttributeValue } from './model.js';
import type { Scene, Subject } from './subject.js';

/** Whether a target attribute holds the object that this source attribute names. */
export const boundByReference = ({ references }: Pick<CompiledMapping, 'references'>, source: string): boolean =>
  references.some((reference) => reference.source === source);

/**
 * What the attribute `manager` is to the mapping: the manager's account, null where the one that Zoom was asked for is to
 * go, undefined where nothing is to be said, since nobody is there yet or nobody was.
 */
export const managerAttribute = ({ source, stored: { row } }: Subject, scene: Scene): AttributeValue | undefined => {
  const managerId = source?.managerId === undefined ? (row.eval?.managerId ?? null) : source.managerId;
  const sight = managerId === null ? null : scene.managers?.get(managerId);
  if (sight?.kind === 'linked') return sight.targetId;
  if (sight === undefined || sight?.kind === 'waiting') return undefined;
  const paths = scene.mapping.references.flatMap((one) => (one.source === 'manager' ? [one.path] : []));
  return paths.some((path) => row.link?.asked[path] != null) ? null : undefined;
};
