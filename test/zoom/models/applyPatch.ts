import type { JsonObject, JsonValue } from '../../../lib/engine/model.js';

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: JsonValue;
}

/** What a server that keeps to RFC 7644 3.5.2 answers with 400. */
export class PatchRefusal extends Error {
  constructor(readonly scimType: 'noTarget' | 'invalidPath') {
    super(scimType);
  }
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

type Selector = (element: JsonValue) => boolean;

const readSelector = (text: string): Selector => {
  const conditions = text.split(' and ').map((part) => {
    const [, name, value] = /^(\w+) eq (.+)$/.exec(part) ?? [];
    if (name === undefined || value === undefined) throw new PatchRefusal('invalidPath');
    const wanted: JsonValue = JSON.parse(value);
    return { name, wanted };
  });
  return (element) => isObject(element) && conditions.every(({ name, wanted }) => element[name] === wanted);
};

/** One member of an object changed; undefined removes it. */
const withMember = (object: JsonObject, name: string, value: JsonValue | undefined): JsonObject => {
  const { [name]: _before, ...others } = object;
  const isNothing = value === undefined || (isList(value) && value.length === 0);
  return isNothing ? others : { ...others, [name]: value };
};

const changeElements = (
  held: readonly JsonValue[],
  selector: Selector,
  sub: string | undefined,
  { op, value }: Operation,
): readonly JsonValue[] => {
  if (!held.some(selector)) throw new PatchRefusal('noTarget');
  return held.flatMap((element): readonly JsonValue[] => {
    if (!selector(element) || !isObject(element)) return [element];
    if (op === 'remove') return sub === undefined ? [] : [withMember(element, sub, undefined)];
    if (sub === undefined) return [value ?? null];
    return [withMember(element, sub, value)];
  });
};

const changeMember = (holder: JsonObject, name: string, sub: string | undefined, operation: Operation): JsonObject => {
  const { op, value } = operation;
  const held = holder[name];
  if (sub !== undefined) {
    if (isList(held)) throw new PatchRefusal('invalidPath');
    const inner = changeMember(isObject(held) ? held : {}, sub, undefined, operation);
    return withMember(holder, name, Object.keys(inner).length === 0 ? undefined : inner);
  }
  if (op === 'remove') return withMember(holder, name, undefined);
  const isAddition = op === 'add' && isList(held) && isList(value);
  return withMember(holder, name, isAddition ? [...held, ...value] : value);
};

const pathForm = /^(?:(urn:.+):)?(\w+)(?:\[(.+)\])?(?:\.(\w+))?$/;

const applyOne = (resource: JsonObject, operation: Operation): JsonObject => {
  const [, urn, name, filter, sub] = pathForm.exec(operation.path) ?? [];
  if (name === undefined) throw new PatchRefusal('invalidPath');
  if (urn !== undefined) {
    const held = resource[urn];
    const inner = applyOne(isObject(held) ? held : {}, { ...operation, path: operation.path.slice(urn.length + 1) });
    return withMember(resource, urn, inner);
  }
  if (filter === undefined) return changeMember(resource, name, sub, operation);
  const held = resource[name];
  return withMember(resource, name, changeElements(isList(held) ? held : [], readSelector(filter), sub, operation));
};

/** The operations in order, all or none (RFC 7644 3.5.2). Throws `PatchRefusal`. */
export const applyPatch = (resource: JsonObject, operations: readonly Operation[]): JsonObject =>
  operations.reduce(applyOne, resource);
