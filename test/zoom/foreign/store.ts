import SCIMMY from 'scimmy';

/** What SCIMMY asks its handlers for. */
interface Asked {
  readonly id?: string;
  readonly filter?: { match<Value extends object>(values: Value[]): Value[] };
}

/** RFC 7644 3.12 has keywords for some failures only. */
export const noKeyword = '';

/** Resources in memory. Two of one key are a conflict (RFC 7643 2.2); `readKey` null: any number of them may be alike. */
export const createStore = <Body extends object>(readKey: (body: Body) => string | null) => {
  const resources = new Map<string, Body & { readonly id: string }>();
  let lastId = 0;

  const find = (id: string) => {
    const found = resources.get(id);
    if (found === undefined) throw new SCIMMY.Types.Error(404, noKeyword, `Resource ${id} not found`);
    return found;
  };
  const makeId = (): string => {
    lastId += 1;
    return `r${lastId}`;
  };

  return {
    write: (asked: Asked, data: Body) => {
      const body: Body = JSON.parse(JSON.stringify(data));
      const id = asked.id === undefined ? makeId() : find(asked.id).id;
      const key = readKey(body);
      if (key !== null && [...resources.values()].some((one) => one.id !== id && readKey(one) === key)) {
        throw new SCIMMY.Types.Error(409, 'uniqueness', 'The name is in use');
      }
      const stored = { ...body, id };
      resources.set(id, stored);
      return stored;
    },
    read: (asked: Asked) => {
      if (asked.id !== undefined) return find(asked.id);
      const all = [...resources.values()];
      return asked.filter === undefined ? all : asked.filter.match(all);
    },
    remove: (asked: Asked): void => {
      resources.delete(find(asked.id ?? '').id);
    },
  };
};
