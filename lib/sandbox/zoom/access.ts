import { gatewayError, type Refusal, scimError } from './refusal.js';
import { requiredRight, type ScimOperation } from './router.js';
import type { Call, Simulation } from './simulation.js';

const scopes = new Set(['scim2', 'scim2:admin']);

export const refuseScope = ({ settings }: Simulation): Refusal =>
  gatewayError(
    settings.gatewayErrorShape,
    settings.scopeMissingStatus,
    settings.scopeMissingCode,
    'Invalid access token, does not contain scopes:[scim2:admin].',
  );

/** The token and its scope: what the gateway looks at before anything else. */
export const checkToken = (sim: Simulation, call: Call): void => {
  const { settings, credentials, tokens } = sim;
  const refuse = (code: number, message: string) => gatewayError(settings.gatewayErrorShape, 401, code, message);
  const token = /^Bearer +(\S+)$/i.exec(call.request.header('authorization') ?? '')?.[1];
  if (token === undefined) throw refuse(4700, 'Token cannot be empty.');
  if (!settings.appEnabled || !settings.appApproved || !settings.ownerExists)
    throw refuse(124, 'Invalid access token.');
  if (settings.staticBearer && credentials.staticTokens?.includes(token)) return;
  const found = tokens.checkAccess(token);
  if (found === 'unknown') throw refuse(124, 'Invalid access token.');
  if (found === 'expired') throw refuse(124, 'Access token is expired.');
  if (!found.scope.split(/[\s,]+/).some((scope) => scopes.has(scope))) throw refuseScope(sim);
};

/** Single sign-on and the administrator's right: what Zoom's SCIM looks at before the request itself. */
export const checkAccount = (sim: Simulation, call: Call, operation: ScimOperation): void => {
  if (!sim.settings.sso || call.strikes.has('account.ssoOff')) {
    throw scimError(400, 'Account has not enabled Single Sign-On.');
  }
  const right = requiredRight(operation);
  if (!sim.settings.rights.includes(right) || call.strikes.has('account.permissionLost')) {
    throw scimError(403, `The request was denied due to insufficient permissions: "${right}"`);
  }
};
