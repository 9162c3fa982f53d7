import type { CompiledMapping } from '../mapping/compiled.js';
import type { AttributeValue, SourceObject } from './model.js';
import type { ObjectRow } from './stored.js';

/** `waiting`: there is an account, of which nobody can say yet that it is theirs. */
export type ManagerSight =
  | { readonly kind: 'linked'; readonly targetId: string }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'none' };

/** What of an object on its way, and of what it is evaluated with, references need. */
interface Report {
  readonly source: SourceObject | null;
  readonly round: number | null;
  readonly stored: { readonly row: ObjectRow };
}

interface References {
  readonly mapping: Pick<CompiledMapping, 'references'>;
  readonly managers?: ReadonlyMap<string, ManagerSight>;
}

/** Whether a target attribute holds the object that this source attribute names. */
export const boundByReference = ({ references }: Pick<CompiledMapping, 'references'>, source: string): boolean =>
  references.some((reference) => reference.source === source);

/**
 * A read that no feed asked for names another manager than is known: it may come from a replica that lags, and is made
 * once more before it is believed.
 */
export const doubtsManager = ({ source, round, stored: { row } }: Report): boolean => {
  const reason = row.pending?.reason;
  const isAsked = reason === undefined || reason === 'seen' || reason === 'left';
  const isKnown = source?.managerId !== undefined && row.eval !== null;
  return isKnown && round === null && !isAsked && row.eval?.managerId !== source.managerId;
};

/** Null is no manager; a feed that said nothing leaves the last one that was known. */
export const managerIdOf = (subject: Report): string | null => {
  const { source, stored } = subject;
  const last = stored.row.eval?.managerId ?? null;
  return source?.managerId === undefined || doubtsManager(subject) ? last : source.managerId;
};

/**
 * What the attribute `manager` is to the mapping: the manager's account; null where the one that Zoom was asked for is to
 * go, or one that an account may hold for whoever had it before; undefined where nothing is to be said, since nobody is
 * there yet or nobody was.
 */
export const managerAttribute = (subject: Report, scene: References): AttributeValue | undefined => {
  const { row } = subject.stored;
  const managerId = managerIdOf(subject);
  const sight = managerId === null ? null : scene.managers?.get(managerId);
  if (sight?.kind === 'linked') return sight.targetId;
  if (sight === undefined || sight?.kind === 'waiting') return undefined;
  const paths = scene.mapping.references.flatMap((one) => (one.source === 'manager' ? [one.path] : []));
  const asked = row.link?.asked ?? {};
  // One who has no account yet may be whom an adopted account shows: that is left until it is known.
  const isNobodyYet = managerId === null && Object.keys(asked).length === 0;
  return isNobodyYet || paths.some((path) => asked[path] != null) ? null : undefined;
};
