import { compareAnswer } from '../../lib/engine/linkOf.js';
import { accountOf, adaValues, builtInMapping } from './samples.js';

describe('what an answer says of what was asked', () => {
  it('is that all was applied where it shows the same', () => {
    expect(compareAnswer(adaValues, accountOf('t1'), {}, builtInMapping)).toEqual({
      held: adaValues,
      unapplied: [],
      unshown: [],
    });
  });

  it('is what differs, and that is what the target holds', () => {
    const account = accountOf('t1', { resource: { ...accountOf('t1').resource, userType: 'Basic' } });
    const { held, unapplied } = compareAnswer(adaValues, account, {}, builtInMapping);
    expect(held).toMatchObject({ userType: 'Basic', displayName: 'Ada' });
    expect(unapplied).toEqual([{ path: 'userType', old: 'Basic', new: 'Licensed' }]);
  });

  it('is nothing where it does not show an attribute, or there was no answer', () => {
    const account = accountOf('t1', { resource: { id: 't1', userName: 'ada@contoso.example' } });
    expect(compareAnswer(adaValues, account, {}, builtInMapping)).toEqual({
      held: adaValues,
      unapplied: [],
      unshown: ['displayName', 'name.givenName', 'name.familyName', 'userType'],
    });
    expect(compareAnswer(adaValues, null, {}, builtInMapping)).toEqual({ held: adaValues, unapplied: [], unshown: [] });
  });

  it('leaves what was held before and not asked', () => {
    const { held } = compareAnswer(
      { displayName: 'Ada' },
      null,
      { title: 'Chief', displayName: 'Old' },
      builtInMapping,
    );
    expect(held).toEqual({ title: 'Chief', displayName: 'Ada' });
  });

  it('does not take a difference of case for one where case does not count', () => {
    const account = accountOf('t1', { resource: { ...accountOf('t1').resource, userName: 'ADA@contoso.example' } });
    expect(compareAnswer({ userName: 'ada@contoso.example' }, account, {}, builtInMapping).unapplied).toEqual([]);
  });
});
