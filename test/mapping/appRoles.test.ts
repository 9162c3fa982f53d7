import fc from 'fast-check';
import { orderAppRoles, toZoomLicence, zoomLicences } from '../../lib/mapping/appRoles.js';

test.each([
  ['Basic', 'Basic'],
  ['basic', 'Basic'],
  ['Licensed', 'Licensed'],
  ['LICENCED', 'Licensed'],
  ['Pro', 'Licensed'],
  ['On-Prem', 'On-Prem'],
  ['On Prem', 'On-Prem'],
  ['onprem', 'On-Prem'],
  ['Corp', 'On-Prem'],
  ['Default Access', null],
  ['User', null],
  ['constructor', null],
  ['', null],
])('the role %j is the licence %j', (name, licence) => {
  expect(toZoomLicence(name)).toBe(licence);
});

describe('of several roles', () => {
  const role = (value: string | null, displayName = 'name', id = `id of ${value}`) => ({ id, displayName, value });
  const valuesOf = (...args: Parameters<typeof orderAppRoles>) => orderAppRoles(...args).map(({ value }) => value);

  test('Licensed comes first, then On-Prem, Basic, and the others by name', () => {
    const roles = ['z', 'Basic', 'corp', 'a', 'Pro'].map((value) => role(value));
    expect(valuesOf(roles, zoomLicences)).toEqual(['Pro', 'corp', 'Basic', 'a', 'z']);
  });

  test('a precedence of the administrator comes before that', () => {
    const roles = ['Licensed', 'Basic', 'Guest', 'Other'].map((value) => role(value));
    expect(valuesOf(roles, ['Guest', 'Basic'])).toEqual(['Guest', 'Basic', 'Licensed', 'Other']);
  });

  test('a role without a value counts by its name', () => {
    expect(valuesOf([role('Basic'), role(null, 'Licensed')], zoomLicences)).toEqual([null, 'Basic']);
  });

  test('the order in which they are listed changes nothing', () => {
    const roles = fc.array(
      fc.record({
        id: fc.uuid(),
        displayName: fc.constantFrom('Basic', 'Pro', 'x'),
        value: fc.option(fc.constantFrom('Corp', 'Licensed', 'y')),
      }),
    );
    fc.assert(
      fc.property(
        roles.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([listed, shuffled]) => {
          expect(orderAppRoles(shuffled, zoomLicences)).toEqual(orderAppRoles(listed, zoomLicences));
        },
      ),
    );
  });
});
