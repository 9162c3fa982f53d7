import { findNearestName } from '../../lib/entra/nearestName.js';

const known = ['mail', 'mailNickname', 'mobilePhone', 'department', 'displayName'];

describe('the nearest name', () => {
  it.each([
    ['departement', 'department'],
    ['Department', 'department'],
    ['dispalyName', 'displayName'],
    ['mails', 'mail'],
    ['mobilephone', 'mobilePhone'],
  ])('of %s is %s', (name, nearest) => {
    expect(findNearestName(name, known)).toBe(nearest);
  });

  it('is none where nothing is close enough to be meant', () => {
    expect(findNearestName('favouriteColour', known)).toBeNull();
  });
});
