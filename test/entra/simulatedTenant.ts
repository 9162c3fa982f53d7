import type { Attributes } from '../../lib/engine/model.js';
import type { DeltaPage, Directory, ListPage } from '../../lib/engine/ports.js';
import { createDirectory, type DirectoryOptions } from '../../lib/entra/directory.js';
import type { GraphSimulator } from '../../lib/sandbox/graph/model.js';
import type { GraphSettings } from '../../lib/sandbox/graph/settings.js';
import { createGraphSimulator } from '../../lib/sandbox/graph/simulator.js';
import { createHeldClock, type HeldClock } from '../fakes/heldClock.js';
import { origin, signal, timeoutMs } from './directoryFixture.js';

/** The application permissions that the documentation asks for, and no more. */
export const leastRoles = ['User.Read.All', 'GroupMember.Read.All', 'Application.Read.All'];

export interface SimulatedTenant {
  readonly graph: GraphSimulator;
  readonly directory: Directory;
  readonly clock: HeldClock;
  readonly servicePrincipalId: string;
  /** Origins that requests with a token were sent to. */
  readonly origins: ReadonlySet<string>;
}

/** A directory over the Graph simulator, on one held clock. */
export const createSimulatedTenant = (
  { seed = 1, settings = {} }: { readonly seed?: number; readonly settings?: Partial<GraphSettings> } = {},
  options: Partial<DirectoryOptions> = {},
): SimulatedTenant => {
  const clock = createHeldClock({ passes: (delayMs) => delayMs !== timeoutMs });
  const graph = createGraphSimulator({ seed, clock, settings, tokens: { least: leastRoles } });
  const servicePrincipalId = graph.dir.createServicePrincipal({ displayName: 'Zoom' });
  const origins = new Set<string>();
  const directory = createDirectory({
    endpoint: origin,
    servicePrincipalId,
    getToken: async () => 'least',
    send: (input, init) => {
      const request = new Request(input, init);
      if (request.headers.has('authorization')) {
        origins.add(new URL(request.url).origin);
      }
      return graph.handle(request);
    },
    clock,
    random: () => 0.5,
    timeoutMs,
    ...options,
  });
  return { graph, directory, clock, servicePrincipalId, origins };
};

export interface Round<Row> {
  readonly rows: readonly Row[];
  /** Null: the stored link was dead. */
  readonly watermark: string | null;
}

/** Reads a stream from a link (null: anew) to the end of its round. */
export const readRound = async <Row>(
  readPage: (link: string | null) => Promise<DeltaPage<Row>>,
  start: string | null,
): Promise<Round<Row>> => {
  const rows: Row[] = [];
  for (let link = start; ; ) {
    const page = await readPage(link);
    if (page.kind === 'resync') {
      return { rows, watermark: null };
    }
    rows.push(...page.rows);
    if (page.next.kind === 'end') {
      return { rows, watermark: page.next.watermark };
    }
    link = page.next.link;
  }
};

/** Reads a list to its end. */
export const readAll = async <Row>(
  readPage: (link: string | null) => Promise<ListPage<Row>>,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (let link: string | null = null; ; ) {
    const page: ListPage<Row> = await readPage(link);
    rows.push(...page.rows);
    if (page.next === null) {
      return rows;
    }
    link = page.next;
  }
};

/** What a handler that upserts by id knows of users and edges after the rounds it read. */
export interface Mirror {
  readonly users: Map<string, { readonly attributes: Attributes; readonly managerId: string | null }>;
  readonly edges: Map<string, Set<string>>;
  usersWatermark: string | null;
  groupsWatermark: string | null;
}

export const createMirror = (): Mirror => ({
  users: new Map(),
  edges: new Map(),
  usersWatermark: null,
  groupsWatermark: null,
});

/** One round of the users stream; a dead link starts anew, and what is not seen then is gone. */
export const mirrorUsers = async (directory: Directory, mirror: Mirror, select: readonly string[]): Promise<void> => {
  const read = (link: string | null) => directory.readUserChanges(link, select, signal);
  let round = await readRound(read, mirror.usersWatermark);
  if (round.watermark === null) {
    mirror.users.clear();
    round = await readRound(read, null);
  }
  for (const row of round.rows) {
    switch (row.kind) {
      case 'present': {
        const { id, attributes, managerId } = row.object;
        const known = mirror.users.get(id)?.managerId ?? null;
        mirror.users.set(id, { attributes, managerId: managerId === undefined ? known : managerId });
        break;
      }
      case 'removed':
        mirror.users.delete(row.id);
        break;
      case 'unreadable':
        throw new Error(`row ${row.id} could not be read: ${row.fault.message}`);
    }
  }
  mirror.usersWatermark = round.watermark;
};

/** One round of a groups stream. */
export const mirrorGroups = async (
  directory: Directory,
  mirror: Mirror,
  groupIds: readonly string[],
): Promise<void> => {
  const read = (link: string | null) => directory.readGroupChanges(link, groupIds, [], signal);
  let round = await readRound(read, mirror.groupsWatermark);
  if (round.watermark === null) {
    mirror.edges.clear();
    round = await readRound(read, null);
  }
  for (const row of round.rows) {
    if (row.kind === 'removed') {
      mirror.edges.delete(row.id);
    } else if (row.kind === 'present') {
      const members = mirror.edges.get(row.object.id) ?? new Set();
      for (const { id, removed } of row.members) {
        removed ? members.delete(id) : members.add(id);
      }
      mirror.edges.set(row.object.id, members);
    } else {
      throw new Error(`row ${row.id} could not be read: ${row.fault.message}`);
    }
  }
  mirror.groupsWatermark = round.watermark;
};
