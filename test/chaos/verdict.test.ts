import { createZoomSimulator } from '../../lib/sandbox/zoom/simulator.js';
import type { AccountState } from '../../lib/sandbox/zoom/state.js';
import type { ZoomRequest } from './control.js';
import { describeVerdict, type Evidence, isGood, judgeEvidence } from './verdict.js';

const zoomWith = (...userNames: readonly string[]) => {
  const zoom = createZoomSimulator({ credentials: { accountId: 'a', clientId: 'c', clientSecret: 's' } });
  zoom.seed({ users: userNames.map((userName) => ({ userName })) });
  return zoom.state();
};
const idOf = (zoom: Evidence['zoom'], userName: string): AccountState['id'] =>
  [...zoom.accounts.values()].find((account) => account.userName === userName)?.id ?? '';

const switchOff = (accountId: string, sequence: number): ZoomRequest => ({
  sequence,
  operation: 'users.patch',
  path: `/scim2/Users/${accountId}`,
  body: { Operations: [{ op: 'replace', path: 'active', value: false }] },
  status: 200,
});

const zoom = zoomWith('ada@contoso.example', 'ben@contoso.example');
const evidence: Evidence = {
  differences: [],
  zoom,
  journal: [],
  leavers: new Set(['ben@contoso.example']),
  changedAfter: 10,
};

describe('the verdict', () => {
  it('is good where nothing differs and only leavers were switched off', () => {
    const verdict = judgeEvidence({ ...evidence, journal: [switchOff(idOf(zoom, 'ben@contoso.example'), 11)] });
    expect(describeVerdict(verdict)).toBe('lost 0, duplicated 0, wrongly disabled 0, writes repeated 0');
    expect(isGood(verdict)).toBe(true);
  });

  it('sees a person switched off although switched on again since', () => {
    const verdict = judgeEvidence({ ...evidence, journal: [switchOff(idOf(zoom, 'ada@contoso.example'), 11)] });
    expect(verdict.wronglyDisabled).toBe(1);
    expect(isGood(verdict)).toBe(false);
  });

  it('sees a leaver switched off before leaving', () => {
    const journal = [switchOff(idOf(zoom, 'ben@contoso.example'), 10)];
    expect(judgeEvidence({ ...evidence, journal }).wronglyDisabled).toBe(1);
  });

  it('counts a person who lacks two values as lost once, and a second account as duplicated', () => {
    const field = { name: 'email', expected: 'x', found: 'y' };
    const verdict = judgeEvidence({
      ...evidence,
      differences: [
        { kind: 'field', personId: 'ada', accountId: '1', field },
        { kind: 'field', personId: 'ada', accountId: '1', field: { ...field, name: 'department' } },
        { kind: 'twice', personId: 'ada', accountId: '2' },
        { kind: 'stillActive', personId: 'ben', accountId: '3' },
      ],
    });
    expect(verdict).toEqual({ lost: 2, duplicated: 1, wronglyDisabled: 0, writesRepeated: 0 });
  });

  it('counts what was said twice in a row about one account, and no change back and forth', () => {
    const ben = idOf(zoom, 'ben@contoso.example');
    const put = (department: string, sequence: number): ZoomRequest => ({
      sequence,
      operation: 'users.put',
      path: `/scim2/Users/${ben}`,
      body: { department },
      status: 200,
    });
    const create = (userName: string, sequence: number, status: number): ZoomRequest => ({
      sequence,
      operation: 'users.create',
      path: '/scim2/Users',
      body: { userName },
      status,
    });
    const journal = [
      create('Cleo@contoso.example', 1, 201),
      create('cleo@contoso.example', 2, 409),
      put('Sales', 11),
      switchOff(idOf(zoom, 'ben@contoso.example'), 12),
      put('Sales', 13),
      put('Sales', 14),
      put('Legal', 15),
      put('Legal', 16),
      { ...put('Legal', 17), status: 429 },
    ];
    expect(judgeEvidence({ ...evidence, journal }).writesRepeated).toBe(3);
  });
});
