import fc from 'fast-check';
import { findPassedThreshold, usualThresholds, weighEscrows } from '../../lib/engine/escrowThresholds.js';
import type { Fault } from '../../lib/engine/model.js';

const fault: Fault = {
  code: 'LicenseLimitExceeded',
  message: 'The Zoom account has no free licence.',
  recommendedAction: 'Buy licences.',
  whose: 'object',
  retry: 'nextCycle',
  request: { service: 'zoom', method: 'POST', path: '/scim2/Users', status: 403, requestId: 'r1' },
};

describe('how many failures are too many', () => {
  it.each([
    ['below 5,000', 4_000, 100_000, 0, null],
    ['the minimum, few of all', 5_000, 100_000, 0, null],
    ['over 40,000', 45_000, 1_000_000, 0, 'EncounteredBaseEscrowThreshold'],
    ['85.7 %, over 5,000', 30_000, 5_000, 0, 'EncounteredEscrowProportionThreshold'],
    ['16.7 %, under 40,000', 20_000, 100_000, 0, null],
    ['61,000 in all', 40_000, 1_000_000, 21_000, 'EncounteredTotalEscrowThreshold'],
  ] as const)(
    '%s: %i failures, %i successes, %i references',
    (_why, failures, successes, referenceFailures, reason) => {
      expect(findPassedThreshold({ failures, successes, referenceFailures }, usualThresholds)).toBe(reason);
    },
  );

  it('weighs 5,000 failures where they are more than 40 %, and 4,999 never', () => {
    const of = (failures: number, successes: number) =>
      findPassedThreshold({ failures, successes, referenceFailures: 0 }, usualThresholds);
    expect(of(5_000, 7_500)).toBeNull();
    expect(of(5_000, 7_499)).toBe('EncounteredEscrowProportionThreshold');
    expect(of(4_999, 1)).toBeNull();
  });

  it('goes by a share in a tenant that could never reach the minimum', () => {
    const of = (failures: number, successes: number, smallTenantPercent = 40) =>
      findPassedThreshold({ failures, successes, referenceFailures: 0 }, { ...usualThresholds, smallTenantPercent });
    expect(of(20, 29)).toBe('EncounteredEscrowProportionThreshold');
    expect(of(20, 30)).toBeNull();
    expect(of(19, 0)).toBeNull();
    expect(of(300, 10, 100)).toBeNull();
  });

  it('is passed by more failures of any kind wherever it was passed by fewer', () => {
    const count = fc.nat(80_000);
    fc.assert(
      fc.property(count, count, count, (failures, referenceFailures, successes) => {
        fc.pre(failures + successes >= usualThresholds.minimum);
        if (findPassedThreshold({ failures, referenceFailures, successes }, usualThresholds) === null) return;
        expect(
          findPassedThreshold({ failures: failures + 1, referenceFailures, successes }, usualThresholds),
        ).not.toBeNull();
        expect(
          findPassedThreshold({ failures, referenceFailures: referenceFailures + 1, successes }, usualThresholds),
        ).not.toBeNull();
      }),
      { seed: 3 },
    );
  });

  it('names the commonest failure, how often, its request and what to do', () => {
    const counts = { failures: 30_000, successes: 5_000, referenceFailures: 0 };
    expect(weighEscrows(counts, { fault, count: 29_000 }, usualThresholds)).toMatchObject({
      reason: 'EncounteredEscrowProportionThreshold',
      fault: {
        code: 'LicenseLimitExceeded',
        message: expect.stringMatching(/30000 objects fail and 5000 people.*29000 times: The Zoom account/),
        recommendedAction: 'Buy licences.',
        whose: 'job',
        request: { status: 403, requestId: 'r1' },
      },
    });
  });
});
