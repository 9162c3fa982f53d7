import { z } from 'zod';
import type { DirectoryAdmin } from '../directory/admin.js';
import type { AssignmentTruth, GroupTruth, MemberTruth, ServicePrincipalTruth, UserTruth } from '../directory/truth.js';

export const stateKinds = ['user', 'group', 'member', 'servicePrincipal', 'assignment'] as const;
export const stateKindsSchema = z.array(z.enum(stateKinds));
export type StateKind = (typeof stateKinds)[number];

/** One line of the state: an object with its kind. Soft-deleted users and groups have their `deletedAtMs`. */
export type StateLine =
  | ({ readonly kind: 'user' } & UserTruth)
  | ({ readonly kind: 'group' } & GroupTruth)
  | ({ readonly kind: 'member' } & MemberTruth)
  | ({ readonly kind: 'servicePrincipal' } & ServicePrincipalTruth)
  | ({ readonly kind: 'assignment' } & AssignmentTruth);

function* linesOf(dir: DirectoryAdmin, kind: StateKind): Iterable<StateLine> {
  switch (kind) {
    case 'user':
      for (const user of dir.users()) {
        yield { kind, ...user };
      }
      for (const user of dir.deletedUsers()) {
        yield { kind, ...user };
      }
      return;
    case 'group':
      for (const group of everyGroup(dir)) {
        yield { kind, ...group };
      }
      return;
    case 'member':
      for (const group of everyGroup(dir)) {
        for (const member of dir.members(group.id)) {
          yield { kind, ...member };
        }
      }
      return;
    case 'servicePrincipal':
      for (const servicePrincipal of dir.servicePrincipals()) {
        yield { kind, ...servicePrincipal };
      }
      return;
    case 'assignment':
      for (const assignment of dir.assignments()) {
        yield { kind, ...assignment };
      }
  }
}

function* everyGroup(dir: DirectoryAdmin): Iterable<GroupTruth> {
  yield* dir.groups();
  yield* dir.deletedGroups();
}

/** Everything that is true of these kinds, line by line. */
export function* stateLines(dir: DirectoryAdmin, kinds: readonly StateKind[]): Iterable<StateLine> {
  for (const kind of kinds) {
    yield* linesOf(dir, kind);
  }
}

const chunkChars = 65_536;

/** The lines as newline-delimited JSON, made only as fast as they are read. */
export const stateStream = (dir: DirectoryAdmin, kinds: readonly StateKind[]): ReadableStream<Uint8Array> => {
  const lines = stateLines(dir, kinds)[Symbol.iterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      let text = '';
      while (text.length < chunkChars) {
        const next = lines.next();
        if (next.done === true) {
          if (text !== '') {
            controller.enqueue(encoder.encode(text));
          }
          controller.close();
          return;
        }
        text += `${JSON.stringify(next.value)}\n`;
      }
      controller.enqueue(encoder.encode(text));
    },
  });
};
