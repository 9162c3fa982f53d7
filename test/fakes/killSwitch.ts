import type { Send } from '../../lib/http/send.js';
import type { Table, Tables } from '../../lib/state/tables.js';

/**
 * Where a process stops: dead before its nth write or request goes out, or dead when that was carried out and no answer
 * came; or frozen before it, until it is woken.
 */
export interface KillPoint {
  readonly at: number;
  readonly moment: 'before' | 'after' | 'frozen';
}

/**
 * A process that can be killed: from then on nothing it asks for happens, and nothing it waits for comes. Or frozen: the
 * same until it wakes, with its timers run out and no idea of what others did meanwhile.
 */
export interface KillSwitch {
  wrapTables(tables: Tables): Tables;
  wrapSend(send: Send): Send;
  /** Resolves when the process is dead or frozen. */
  readonly stopped: Promise<void>;
  /** Whether it is frozen and can be woken. */
  isFrozen(): boolean;
  wake(): void;
  /** Writes and requests so far, each by what it was. */
  readonly steps: readonly string[];
}

/** A new one each time: one that all shared would keep everybody alive who ever waited for it. */
const never = (): Promise<never> => new Promise(() => undefined);

const describeRequest = (input: Parameters<Send>[0], init: Parameters<Send>[1]): string => {
  const request = new Request(input, init?.method === undefined ? {} : { method: init.method });
  return `${request.method} ${new URL(request.url).pathname}`;
};

/** Without a point nobody is killed, and the steps are counted. */
export const createKillSwitch = (point: KillPoint | null = null): KillSwitch => {
  const steps: string[] = [];
  let state: 'running' | 'frozen' | 'dead' = 'running';
  const stop = Promise.withResolvers<void>();
  const thaw = Promise.withResolvers<void>();
  const stopAs = (as: 'frozen' | 'dead'): void => {
    state = as;
    stop.resolve();
  };
  /** Goes on when the process does. */
  const running = async (): Promise<void> => {
    if (state === 'dead') return never();
    if (state === 'frozen') await thaw.promise;
  };
  const step = async <Result>(what: string, run: () => Promise<Result>): Promise<Result> => {
    await running();
    steps.push(what);
    const moment = steps.length === point?.at ? point.moment : null;
    if (moment === 'before') stopAs('dead');
    if (moment === 'frozen') stopAs('frozen');
    await running();
    const result = await run();
    if (moment === 'after') stopAs('dead');
    await running();
    return result;
  };
  /** Reading leaves no trace: dying beside a read is dying at the write before or after it. */
  const read = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    await running();
    const result = await run();
    await running();
    return result;
  };
  const wrapTable = (table: Table): Table => ({
    name: table.name,
    get: (...given) => read(() => table.get(...given)),
    query: (...given) => read(() => table.query(...given)),
    listKeys: (...given) => read(() => table.listKeys(...given)),
    transact: (partitionKey, writes) =>
      step(`${table.name}: ${writes.map(({ kind, rowKey }) => `${kind} ${rowKey}`).join(', ')}`, () =>
        table.transact(partitionKey, writes),
      ),
    remove: (partitionKey, rowKey, etag) =>
      step(`${table.name}: remove ${rowKey}`, () => table.remove(partitionKey, rowKey, etag)),
  });
  return {
    wrapTables: (tables) => ({
      table: (name) => wrapTable(tables.table(name)),
      list: (prefix) => read(() => tables.list(prefix)),
      drop: (name) => step(`drop ${name}`, () => tables.drop(name)),
    }),
    wrapSend: (send) => (input, init) =>
      step(describeRequest(input, init), () => {
        // A request whose time ran out in the freeze never leaves.
        init?.signal?.throwIfAborted();
        return send(input, init);
      }),
    stopped: stop.promise,
    isFrozen: () => state === 'frozen',
    wake: () => {
      state = 'running';
      thaw.resolve();
    },
    steps,
  };
};
