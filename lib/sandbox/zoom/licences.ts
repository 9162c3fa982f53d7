import type { Account, UserType } from './account.js';
import { invalidField, scimError } from './refusal.js';
import type { ZoomSettings } from './settings.js';
import type { Call, Simulation } from './simulation.js';

const names: Readonly<Record<string, UserType>> = {
  Basic: 'Basic',
  Licensed: 'Licensed',
  'On-Prem': 'On-Prem',
  /** The names before October 2020. */
  Pro: 'Licensed',
  Corp: 'On-Prem',
  Collaboration: 'Collaboration',
};

const parseUserType = (value: string, settings: ZoomSettings): UserType => {
  const userType = Object.hasOwn(names, value) ? names[value] : undefined;
  if (userType === undefined) throw invalidField('UserType');
  if (userType === 'Collaboration' && settings.collaboration === 'reject') throw invalidField('UserType');
  return userType;
};

const admitBasic = (sim: Simulation, call: Call | null): UserType => {
  const full = sim.accounts.countType('Basic') >= sim.settings.basicMax;
  if (full || call?.strikes.has('licence.basicCap')) {
    throw scimError(sim.settings.basicCapStatus, 'The number of Basic users of this account has reached its limit.');
  }
  return 'Basic';
};

const refuseSeat = (status: number) => scimError(status, 'No license is available in this account.');

/**
 * The licence type that somebody gets who asks for `wanted` (nothing: the account's default for a new person, else what
 * they have). Throws where the pool refuses; takes nothing from it.
 */
export const grantUserType = (
  sim: Simulation,
  call: Call | null,
  wanted: string | undefined,
  current: Account | null,
): UserType => {
  const { settings, accounts } = sim;
  const asked = settings.userType === 'ignored' ? undefined : wanted;
  if (asked === undefined && current !== null) return current.userType;
  const userType = asked === undefined ? settings.defaultUserType : parseUserType(asked, settings);
  const error = call?.strikes.find('licence.error');
  if (userType === 'Licensed' && error) throw refuseSeat(error.status);
  const downgraded = userType === 'Licensed' && call?.strikes.has('licence.silentBasic');
  if (userType === current?.userType && !downgraded) return userType;
  const noSeat = userType === 'Licensed' && accounts.countType('Licensed') >= settings.licensedSeats;
  if (noSeat && settings.noSeats !== 'silentBasic') throw refuseSeat(Number(settings.noSeats));
  if (userType !== 'Basic' && !noSeat && !downgraded) return userType;
  return current?.userType === 'Basic' ? 'Basic' : admitBasic(sim, call);
};
