import fc from 'fast-check';
import { FaultError } from '../../lib/engine/model.js';
import type { Directory } from '../../lib/engine/ports.js';
import { answerJson } from '../fakes/scriptedSend.js';
import { createFixture, root, signal } from './directoryFixture.js';

/** Words that Graph's answers are made of, so that arbitrary values come close to real ones. */
const word = fc.constantFrom(
  'id',
  'value',
  'responses',
  'status',
  'body',
  'headers',
  '@removed',
  'reason',
  'changed',
  'manager',
  'manager@delta',
  'members@delta',
  '@odata.type',
  '@odata.nextLink',
  '@odata.deltaLink',
  `${root}/users/delta?$deltatoken=x`,
  '#microsoft.graph.user',
  'principalType',
  'User',
  'businessPhones',
  'appRoles',
  '1',
);
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(word, fc.integer({ min: 0, max: 600 }), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(word, tie('value'), { maxKeys: 6 }),
  ),
})).value;

const reads: Readonly<Record<string, (directory: Directory) => Promise<unknown>>> = {
  users: (directory) => directory.readUserChanges(null, ['manager', 'telephoneNumber'], signal),
  groups: (directory) => directory.readGroupChanges(null, ['g1'], [], signal),
  assignments: (directory) => directory.listAssignments(null, signal),
  'app roles': (directory) => directory.readAppRoles(signal),
  'deleted users': (directory) => directory.listDeletedUsers(null, signal),
  'users by id': (directory) => directory.readUsers(['u1'], ['manager'], signal),
  memberships: (directory) => directory.readMemberships(['u1'], signal),
};

describe('whatever Graph answers', () => {
  it.each(Object.keys(reads))('reading %s gives a result or a fault, never another error', async (name) => {
    await fc.assert(
      fc.asyncProperty(json, fc.constantFrom(200, 200, 200, 400, 404, 410, 418), async (body, status) => {
        const { directory } = createFixture(Array.from({ length: 12 }, () => () => answerJson(body, status)));
        const outcome = await reads[name]?.(directory).then(
          () => null,
          (error: unknown) => error,
        );
        expect(outcome === null || outcome instanceof FaultError).toBe(true);
      }),
      { seed: 23, numRuns: 150 },
    );
  });

  it.each(['users by id', 'memberships'])('and inside a batch, reading %s', async (name) => {
    const inner = fc.record(
      { status: fc.oneof(fc.constantFrom(200, 404, 429), json), body: json, headers: json },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(inner, async (response) => {
        const body = { responses: [{ id: '1', ...response }] };
        const { directory } = createFixture(Array.from({ length: 12 }, () => () => answerJson(body)));
        const outcome = await reads[name]?.(directory).then(
          () => null,
          (error: unknown) => error,
        );
        expect(outcome === null || outcome instanceof FaultError).toBe(true);
      }),
      { seed: 29, numRuns: 150 },
    );
  });
});
