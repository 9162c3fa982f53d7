import type { Send } from '../../lib/http/send.js';
import type { Table, Tables } from '../../lib/state/tables.js';

/** Where a process dies: before its nth write or request goes out, or when that was carried out and no answer came. */
export interface KillPoint {
  readonly at: number;
  readonly moment: 'before' | 'after';
}

/** A process that can be killed: from then on nothing it asks for happens, and nothing it waits for comes. */
export interface KillSwitch {
  wrapTables(tables: Tables): Tables;
  wrapSend(send: Send): Send;
  /** Resolves when the process is dead. */
  readonly dead: Promise<void>;
  /** Writes and requests so far, each by what it was. */
  readonly steps: readonly string[];
}

const never = new Promise<never>(() => undefined);

const describeRequest = (input: Parameters<Send>[0], init: Parameters<Send>[1]): string => {
  const request = new Request(input, init?.method === undefined ? {} : { method: init.method });
  return `${request.method} ${new URL(request.url).pathname}`;
};

/** Without a point nobody is killed, and the steps are counted. */
export const createKillSwitch = (point: KillPoint | null = null): KillSwitch => {
  const steps: string[] = [];
  let isDead = false;
  const { promise: dead, resolve } = Promise.withResolvers<void>();
  const die = (): Promise<never> => {
    isDead = true;
    resolve();
    return never;
  };
  const step = async <Result>(what: string, run: () => Promise<Result>): Promise<Result> => {
    if (isDead) return never;
    steps.push(what);
    const isPoint = steps.length === point?.at;
    if (isPoint && point.moment === 'before') return die();
    const result = await run();
    return isPoint || isDead ? die() : result;
  };
  /** Reading leaves no trace: dying beside a read is dying at the write before or after it. */
  const read = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    if (isDead) return never;
    const result = await run();
    return isDead ? never : result;
  };
  const wrapTable = (table: Table): Table => ({
    name: table.name,
    get: (...given) => read(() => table.get(...given)),
    query: (...given) => read(() => table.query(...given)),
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
    }),
    wrapSend: (send) => (input, init) => step(describeRequest(input, init), () => send(input, init)),
    dead,
    steps,
  };
};
