import { describeWrites, readWrites, sumWrites, writesSince } from '../../../lib/sandbox/progress/writes.js';

const counts = (byOutcome: Readonly<Record<string, number>>) => ({
  total: 0,
  byOperation: {},
  byStatus: {},
  byOutcome,
});

describe('what Zoom was told', () => {
  it('is counted where Zoom carried it out, and nothing else is', () => {
    const writes = readWrites(
      counts({
        'users.create 201': 5,
        'users.create 409': 9,
        'users.put 200': 3,
        'users.put 429': 2,
        'users.patch 200': 2,
        'users.delete 204': 1,
        'users.get 200': 50,
      }),
    );
    expect(writes).toEqual({ created: 5, updated: 3, switched: 2, deleted: 1 });
    expect(sumWrites(writes)).toBe(11);
  });

  it('is told from the start of the cycle on, without what did not happen', () => {
    const before = readWrites(counts({ 'users.create 201': 5 }));
    const now = readWrites(counts({ 'users.create 201': 7, 'users.patch 200': 1 }));
    expect(describeWrites(writesSince(before, now))).toBe('2 created, 1 switched on or off');
  });
});
