import type { JsonObject, JsonValue } from '../../mapping/json.js';
import { type Account, isWriteOnlyKey, readDisplayName } from './account.js';
import { formatSeconds } from './clock.js';
import type { Simulation } from './simulation.js';
import { urns } from './urns.js';

const renderCore = (sim: Simulation, account: Account): JsonObject => ({
  id: account.id,
  meta: {
    resourceType: 'User',
    location: `${sim.settings.origin}/scim2/Users/${account.id}`,
    version: '1.0',
    created: formatSeconds(account.createdMs),
    lastModified: formatSeconds(account.modifiedMs),
  },
  schemas: [urns.user, urns.enterprise, urns.zoomLogin],
  name: { givenName: account.givenName, familyName: account.familyName },
  emails: [{ type: 'work', value: account.email, primary: true }],
  displayName: readDisplayName(account),
  userName: account.userName,
  active: account.status === 'active',
  userType: account.userType,
});

const renderLogin = (account: Account): JsonObject => ({ loginType: { ...account.loginType } });

/** A user as lists and filters show it: without the Zoom extension, manager, organization and costCenter. */
export const renderRow = (sim: Simulation, account: Account): JsonObject => {
  const { department } = account.enterprise;
  return {
    ...renderCore(sim, account),
    [urns.enterprise]: department === undefined ? {} : { department },
    [urns.zoomLogin]: renderLogin(account),
  };
};

/** Groups by name only, with `primary` as text: Zoom's own oddity. */
const renderGroups = (sim: Simulation, account: Account): JsonValue[] =>
  [...account.groupIds].flatMap((id, at) => {
    const group = sim.groups.get(id);
    return group === undefined ? [] : [{ display: group.displayName, type: 'direct', primary: String(at === 0) }];
  });

const renderExtension = (account: Account): JsonObject => ({
  zoomOneBizPlus: '',
  zoomWhiteboard: false,
  pronouns: '',
  ...Object.fromEntries(Object.entries(account.extension).filter(([key]) => !isWriteOnlyKey(key))),
});

/** A user as get, create, PUT and PATCH answer it. */
export const renderAccount = (sim: Simulation, account: Account): JsonObject => ({
  ...renderCore(sim, account),
  schemas: [urns.user, urns.enterprise, urns.zoomLogin, urns.zoomExtension],
  ...(account.title === null ? {} : { title: account.title }),
  ...(account.locale === null ? {} : { locale: account.locale }),
  ...(account.phoneNumbers.length === 0 ? {} : { phoneNumbers: account.phoneNumbers.map((phone) => ({ ...phone })) }),
  roles: [{ display: account.role, value: account.role, primary: true }],
  groups: renderGroups(sim, account),
  [urns.enterprise]: { ...account.enterprise },
  [urns.zoomLogin]: renderLogin(account),
  [urns.zoomExtension]: renderExtension(account),
});
