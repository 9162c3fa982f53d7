import { createJournal, type JournalEntry } from '../../../lib/sandbox/graph/journal.js';

const entry = (more: Partial<JournalEntry>): Omit<JournalEntry, 'seq'> => ({
  atMs: 0,
  method: 'GET',
  path: 'users',
  query: '',
  route: 'users',
  status: 200,
  ru: 2,
  bytes: 10,
  inBatch: null,
  faults: [],
  requestId: '',
  ...more,
});

test('a summary counts everything, or what came after a sequence number', () => {
  const journal = createJournal('full');
  journal.add(entry({}), false);
  journal.add(entry({ inBatch: '1', route: 'user', ru: 1 }), false);
  journal.add(entry({ method: 'DELETE', status: 403 }), true);
  expect(journal.summary()).toEqual({
    requests: 3,
    httpRequests: 2,
    ru: 5,
    bytes: 20,
    violations: 1,
    byRoute: { users: 2, user: 1 },
    byStatus: { 200: 2, 403: 1 },
    lastSeq: 3,
  });
  expect(journal.summary(1)).toMatchObject({ requests: 2, httpRequests: 1, ru: 3, violations: 1 });
});

test('mode counts keeps no entries but violations; a clear goes on with the numbers', () => {
  const journal = createJournal('counts');
  journal.add(entry({}), false);
  journal.add(entry({ method: 'PUT' }), true);
  expect([journal.entries.length, journal.violations.length, journal.summary().requests]).toEqual([0, 1, 2]);
  journal.clear();
  expect(journal.summary()).toMatchObject({ requests: 0, violations: 0, lastSeq: 2 });
});
