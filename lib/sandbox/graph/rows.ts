import type { JsonObject, JsonValue } from '../../mapping/json.js';
import type { Properties, PropertyTable } from './directory/properties.js';

type Row = Record<string, JsonValue>;

const extensionNames = Array.from({ length: 15 }, (_, index) => `extensionAttribute${index + 1}`);

/** Graph shows all fifteen extension attributes as soon as it shows any. */
const completeExtensions = (value: JsonValue): JsonValue => {
  const held = new Map<string, JsonValue>(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  return Object.fromEntries(extensionNames.map((name) => [name, held.get(name) ?? null]));
};

const present = (name: string, value: JsonValue): JsonValue =>
  name === 'onPremisesExtensionAttributes' && value !== null ? completeExtensions(value) : value;

/** What a plain read shows of a property that was never set. */
const emptyValue = (table: PropertyTable, name: string): JsonValue => {
  switch (table[name]) {
    case 'Strings':
    case 'Objects':
      return [];
    case 'ExtensionAttributes':
      return completeExtensions(null);
    default:
      return null;
  }
};

/** A row of a delta page: never-set properties are absent, cleared ones null. */
export const deltaRow = (id: string, properties: Properties, names: readonly string[]): Row => {
  const row: Row = { id };
  for (const name of names) {
    const value = properties[name];
    if (value !== undefined) {
      row[name] = present(name, value);
    }
  }
  return row;
};

/** An object as plain reads show it: never-set properties are null or empty. */
export const readRow = (id: string, properties: Properties, names: readonly string[], table: PropertyTable): Row => {
  const row: Row = { id };
  for (const name of names) {
    const value = properties[name];
    row[name] = value === undefined ? emptyValue(table, name) : present(name, value);
  }
  return row;
};

export const removedRow = (id: string, reason: 'changed' | 'deleted'): JsonObject => ({
  id,
  '@removed': { reason },
});

/** An entry of `members@delta` or `manager@delta`. The reason "deleted" is of the edge and says nothing of its end. */
export const edgeEntry = (id: string, type: string, removed: boolean): JsonObject => ({
  '@odata.type': `#microsoft.graph.${type}`,
  id,
  ...(removed ? { '@removed': { reason: 'deleted' } } : {}),
});
