import fc from 'fast-check';
import type { RecordRow } from '../../../lib/engine/record.js';
import { at, recordOf } from '../../state/samples.js';
import { createLog, idsOf } from './logUnderTest.js';

/** A filter as text, and what it means, said a second time. `log` is every record there is. */
interface Question {
  readonly text: string;
  readonly fits: (record: RecordRow, log: readonly RecordRow[]) => boolean;
}

const statuses = ['success', 'failure', 'skipped', 'warning'] as const;
const actions = ['create', 'update', 'disable', 'other'] as const;
const codes = ['Timeout', 'Invited', null] as const;
const daySeconds = 86_400;
/** Close together, far apart, and at the same instant. */
const seconds = fc.oneof(fc.constantFrom(0, 1, 2), fc.integer({ min: -95 * daySeconds, max: 20 * daySeconds }));

const records: fc.Arbitrary<readonly RecordRow[]> = fc
  .array(
    fc.record({
      second: seconds,
      person: fc.integer({ min: 0, max: 4 }),
      named: fc.boolean(),
      cycle: fc.integer({ min: 0, max: 3 }),
      status: fc.constantFrom(...statuses),
      action: fc.constantFrom(...actions),
      code: fc.constantFrom(...codes),
    }),
    { maxLength: 60 },
  )
  .map((drawn) =>
    drawn.map(({ second, person, named, cycle, status, action, code }, index) =>
      recordOf(`r${String(index).padStart(3, '0')}`, {
        activityDateTime: at(second),
        cycleId: `c${cycle}`,
        provisioningAction: action,
        sourceIdentity: {
          id: `u${person}`,
          displayName: named ? `Person ${person % 3}` : '',
          identityType: 'User',
          details: named ? { userPrincipalName: `P${person % 3}@x.example`, mail: `p${person}@mail.example` } : {},
        },
        targetIdentity: { id: named ? `z${person}` : '', displayName: '', identityType: 'User', details: {} },
        provisioningStatusInfo: {
          status,
          errorInformation:
            code === null
              ? null
              : {
                  errorCode: code,
                  reason: `because of ${code}`,
                  additionalDetails: null,
                  recommendedAction: null,
                  errorCategory: 'nonServiceFailure',
                },
        },
      }),
    ),
  );

const codeOf = (record: RecordRow): string | null => record.provisioningStatusInfo.errorInformation?.errorCode ?? null;

const atom: fc.Arbitrary<Question> = fc.oneof(
  fc.integer({ min: 0, max: 5 }).map((person) => ({
    text: `sourceIdentity/id eq 'u${person}'`,
    fits: (record: RecordRow) => record.sourceIdentity.id === `u${person}`,
  })),
  fc.integer({ min: 0, max: 3 }).map((person) => ({
    text: `sourceIdentity/details/userPrincipalName eq 'p${person}@X.example'`,
    fits: (record: RecordRow, log: readonly RecordRow[]) =>
      log.some(
        ({ sourceIdentity }) =>
          sourceIdentity.id === record.sourceIdentity.id &&
          sourceIdentity.details['userPrincipalName'] === `P${person}@x.example`,
      ),
  })),
  fc.integer({ min: 0, max: 3 }).map((person) => ({
    text: `sourceIdentity/displayName eq 'Person ${person}'`,
    fits: (record: RecordRow) => record.sourceIdentity.displayName === `Person ${person}`,
  })),
  fc.integer({ min: 0, max: 5 }).map((person) => ({
    text: `targetIdentity/id eq 'z${person}'`,
    fits: (record: RecordRow) => record.targetIdentity.id === `z${person}`,
  })),
  fc.integer({ min: 0, max: 4 }).map((cycle) => ({
    text: `cycleId eq 'c${cycle}'`,
    fits: (record: RecordRow) => record.cycleId === `c${cycle}`,
  })),
  fc.constantFrom(...statuses).map((status) => ({
    text: `statusInfo/status ne '${status}'`,
    fits: (record: RecordRow) => record.provisioningStatusInfo.status !== status,
  })),
  fc.constantFrom(...actions).map((action) => ({
    text: `startswith(provisioningAction,'${action.slice(0, 2)}')`,
    fits: (record: RecordRow) => record.provisioningAction.startsWith(action.slice(0, 2)),
  })),
  fc.constantFrom(...codes).map((code) => ({
    text: `provisioningStatusInfo/errorInformation/errorCode eq ${code === null ? 'null' : `'${code}'`}`,
    fits: (record: RecordRow) => codeOf(record) === code,
  })),
  fc.tuple(fc.constantFrom('gt', 'ge', 'lt', 'le', 'eq'), seconds).map(([comparison, second]) => ({
    text: `activityDateTime ${comparison} ${at(second)}`,
    fits: ({ activityDateTime }: RecordRow) =>
      ({
        gt: activityDateTime > at(second),
        ge: activityDateTime >= at(second),
        lt: activityDateTime < at(second),
        le: activityDateTime <= at(second),
        eq: activityDateTime === at(second),
      })[comparison] ?? false,
  })),
);

const { question } = fc.letrec<{ question: Question }>((tie) => ({
  question: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    atom,
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(tie('question'), { minLength: 2, maxLength: 3 }))
      .map(([joint, parts]) => ({
        text: parts.map(({ text }) => `(${text})`).join(` ${joint} `),
        fits: (record: RecordRow, log: readonly RecordRow[]) =>
          joint === 'and' ? parts.every(({ fits }) => fits(record, log)) : parts.some(({ fits }) => fits(record, log)),
      })),
    tie('question').map(({ text, fits }) => ({
      text: `not (${text})`,
      fits: (record: RecordRow, log: readonly RecordRow[]) => !fits(record, log),
    })),
  ),
}));

const newestFirst = (one: RecordRow, other: RecordRow): number =>
  Date.parse(other.activityDateTime) - Date.parse(one.activityDateTime) || (one.id < other.id ? -1 : 1);

const asked = fc.record({
  log: records,
  question: fc.option(question, { nil: null }),
  top: fc.integer({ min: 1, max: 25 }),
});

const idsExpected = (log: readonly RecordRow[], wanted: Question | null): readonly string[] =>
  log
    .filter((record) => wanted === null || wanted.fits(record, log))
    .toSorted(newestFirst)
    .map(({ id }) => id);

describe('paging through the provisioning log', () => {
  test('gives each matching record once, newest first, with any filter and page size, while newer ones are written', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ log, question: wanted, top }) => {
        const { append, pages } = createLog();
        await append(log);
        let written = 0;
        const writeNewer = async (): Promise<void> => {
          written += 1;
          await append([recordOf(`new${written}`, { activityDateTime: at(30 * daySeconds + written) })]);
        };
        const query = { $top: String(top), ...(wanted ? { $filter: wanted.text } : {}) };
        const found = await pages(query, writeNewer);
        expect(idsOf(...found)).toEqual(idsExpected(log, wanted));
        expect(found.every(({ value }) => value.length <= top)).toBe(true);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  test('gives the same backwards when the oldest are asked for first', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ log, question: wanted, top }) => {
        const { append, pages } = createLog();
        await append(log);
        const query = {
          $top: String(top),
          $orderby: 'activityDateTime asc',
          ...(wanted ? { $filter: wanted.text } : {}),
        };
        const found = await pages(query);
        expect(idsOf(...found)).toEqual(idsExpected(log, wanted).toReversed());
      }),
      { numRuns: 100, seed: 8 },
    );
  });

  test('backwards halves a stretch that has more than a reading turns round, down to one instant', async () => {
    const { append, pages } = createLog();
    const log = Array.from({ length: 1_900 }, (_none, index) =>
      recordOf(`r${String(index).padStart(4, '0')}`, {
        activityDateTime: at(index < 700 ? 50 : index < 900 ? 50.001 : index),
      }),
    );
    await append(log);
    const found = await pages({ $top: '400', $orderby: 'activityDateTime' });
    expect(idsOf(...found)).toEqual(idsExpected(log, null).toReversed());
  });
});
