import fc from 'fast-check';
import { parseAccount } from '../../lib/zoom/parseAccount.js';
import { parseList } from '../../lib/zoom/parseList.js';

const user = { id: 'u1', userName: 'jane@contoso.example', active: false };

describe('parseAccount', () => {
  it('reads id, name and state and keeps the resource', () => {
    expect(parseAccount(user, true)).toEqual({
      kind: 'account',
      account: { id: 'u1', userName: 'jane@contoso.example', active: false, resource: user, complete: true },
      showsActive: true,
    });
  });

  it('counts an account without a state as active and says that it was not shown', () => {
    const { active, ...rest } = user;
    expect(active).toBe(false);
    expect(parseAccount(rest, true)).toMatchObject({ account: { active: true }, showsActive: false });
  });

  it.each([
    ['False', false],
    ['true', true],
  ])('reads the text %s as a state', (active, expected) => {
    expect(parseAccount({ ...user, active }, true)).toMatchObject({ account: { active: expected } });
  });

  it.each(['', ' ', '.', '..', 'undefined', null, {}, true])('does not take %j for an id', (id) => {
    expect(parseAccount({ ...user, id }, true)).toEqual({ kind: 'withoutId' });
  });

  it.each([
    [{ ...user, userName: 7 }, 'userName must be text'],
    [{ id: 'u1' }, 'userName must be text'],
    [{ ...user, active: 'maybe' }, 'active must be true or false'],
    [{ ...user, active: null }, 'active must be true or false'],
  ])('names what is wrong in %j and not its value', (resource, problem) => {
    expect(parseAccount(resource, true)).toEqual({ kind: 'unreadable', id: 'u1', problem });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value));
        expect(['account', 'withoutId', 'unreadable']).toContain(parseAccount(plain, false).kind);
        expect(['list', 'unreadable']).toContain(parseList(plain, 1).kind);
      }),
      { seed: 3 },
    );
  });
});

describe('parseList', () => {
  it('reads rows and total', () => {
    expect(parseList({ Resources: [user], totalResults: 9 }, 1)).toEqual({
      kind: 'list',
      list: { rows: [user], total: 9 },
    });
  });

  it('counts the rows where the total is absent', () => {
    expect(parseList({ Resources: [user] }, 101)).toMatchObject({ list: { total: 101 } });
  });

  it('takes absent rows for none only where there is nothing at the index', () => {
    expect(parseList({ totalResults: 0 }, 1)).toMatchObject({ kind: 'list', list: { rows: [] } });
    expect(parseList({ totalResults: 100 }, 101)).toMatchObject({ kind: 'list', list: { rows: [] } });
    expect(parseList({ totalResults: 100 }, 1)).toEqual({ kind: 'unreadable', problem: 'Resources must be a list' });
    expect(parseList({}, 1).kind).toBe('unreadable');
  });

  it.each([-1, 1.5, '9', {}])('refuses the total %j', (totalResults) => {
    expect(parseList({ Resources: [], totalResults }, 1)).toMatchObject({ kind: 'unreadable' });
  });
});
