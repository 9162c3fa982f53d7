import type { JsonObject, JsonValue, Values } from '../../engine/model.js';
import { clearScimPath, isWholeElement } from '../../mapping/clearScimPath.js';
import { type PrintablePath, printScimPath } from '../../mapping/printScimPath.js';
import { readScimPath, type TargetPath, toStoredValue, toTargetPath, writeScimPath } from '../../mapping/scimPath.js';
import type { PatchOperation } from './patch.js';

const isNothing = (value: JsonValue): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** The position of the step with a selector; below 0 where the path has none. */
const findSelector = ({ steps }: TargetPath): number => steps.findIndex(({ conditions }) => conditions.length > 0);

const cutAfter = ({ urn, steps }: TargetPath, index: number): PrintablePath => ({
  urn,
  steps: steps.slice(0, index + 1),
});

/** The list that the path selects from, without the selector. */
const printList = (path: TargetPath, selectorAt: number): string => {
  const { urn, steps } = cutAfter(path, selectorAt);
  return printScimPath({ urn, steps: steps.map(({ name }) => ({ name, conditions: [] })) });
};

const readList = (resource: JsonObject, list: string): readonly JsonValue[] => {
  const held = readScimPath(resource, list);
  if (held === undefined || held === null) return [];
  return Array.isArray(held) ? held : [held];
};

/** Without its `value` an element says nothing, so that the whole is removed where nothing else of it is written. */
const removeSelected = (path: TargetPath, selectorAt: number, values: Values): PatchOperation => {
  const element = printScimPath(cutAfter(path, selectorAt));
  const isOthersToo = Object.entries(values).some(
    ([text, value]) => !isNothing(value) && printScimPath(toTargetPath(text)).startsWith(`${element}.`),
  );
  const goesWhole = isWholeElement(path.steps.slice(selectorAt + 1)) && !isOthersToo;
  return { op: 'remove', path: goesWhole ? element : printScimPath(path) };
};

/** Several values at a selected path are several elements: those that stand there go first. */
const replaceSelected = (path: TargetPath, selectorAt: number, value: JsonValue): readonly PatchOperation[] => {
  const list = printList(path, selectorAt);
  return [
    { op: 'remove', path: printScimPath(cutAfter(path, selectorAt)) },
    { op: 'add', path: list, value: readList(writeScimPath({}, path, value), list) },
  ];
};

const toOperations = (path: TargetPath, value: JsonValue, values: Values): readonly PatchOperation[] => {
  const selectorAt = findSelector(path);
  if (isNothing(value)) {
    return [selectorAt < 0 ? { op: 'remove', path: printScimPath(path) } : removeSelected(path, selectorAt, values)];
  }
  if (selectorAt >= 0 && Array.isArray(value)) return replaceSelected(path, selectorAt, value);
  return [{ op: 'replace', path: printScimPath(path), value: toStoredValue(path, value) }];
};

/**
 * The operations that give an account these values, whatever it holds (RFC 7644 3.5.2); null and an empty list remove.
 * What stands behind a selector must be there: a server answers `noTarget` where it is not.
 */
export const buildUserPatch = (values: Values): readonly PatchOperation[] =>
  Object.entries(values).flatMap(([text, value]) => toOperations(toTargetPath(text), value, values));

const changeList = (list: string, before: readonly JsonValue[], after: readonly JsonValue[]): PatchOperation[] => {
  const kept = before.filter((element) => after.includes(element));
  if (kept.length === before.length && after.length === before.length) return [];
  if (after.length === 0) return [{ op: 'remove', path: list }];
  return kept.length === before.length
    ? [{ op: 'add', path: list, value: after.filter((element) => !before.includes(element)) }]
    : [{ op: 'replace', path: list, value: after }];
};

/**
 * The same for an account that shows `resource`: no operation has a selector, since each list is added to, replaced or
 * removed as it must be. Empty where nothing is left to do.
 */
export const buildUserPatchOver = (values: Values, resource: JsonObject): readonly PatchOperation[] => {
  const plain: Record<string, JsonValue> = {};
  const lists = new Set<string>();
  let wanted = resource;
  for (const [text, value] of Object.entries(values)) {
    const path = toTargetPath(text);
    const selectorAt = findSelector(path);
    if (selectorAt < 0) {
      plain[text] = value;
      continue;
    }
    lists.add(printList(path, selectorAt));
    wanted = isNothing(value) ? clearScimPath(wanted, path) : writeScimPath(wanted, path, value);
  }
  const ofLists = [...lists].flatMap((list) => changeList(list, readList(resource, list), readList(wanted, list)));
  return [...buildUserPatch(plain), ...ofLists];
};
