import { type DayWorld, gatherStaff, readWays } from './dayWorld.js';
import { hireJoiners } from './joiners.js';
import { type Departures, letPeopleGo } from './leavers.js';
import { type Moves, movePeople } from './movers.js';

/** What happened in the tenant until noon. */
export interface Morning {
  readonly joiners: number;
  readonly moves: Moves;
  readonly departures: Departures;
  /** Somebody who had left before the first cycle is back. */
  readonly returners: number;
}

/** Joiners, movers, leavers and one who comes back. */
export const spendMorning = (day: DayWorld): Morning => {
  const { dir } = day.world.graph;
  const ways = readWays(day);
  const staff = gatherStaff(day);
  // Before anybody leaves: those who are hired report to people who are still there.
  const joiners = hireJoiners(day);
  const departures = letPeopleGo(day, staff, ways);
  const moves = movePeople(day, staff, ways);
  const { returnerId } = day.tenant;
  if (returnerId !== null) dir.updateUser(returnerId, { accountEnabled: true });
  return { joiners, moves, departures, returners: returnerId === null ? 0 : 1 };
};

/** One who was blocked by mistake in the morning is let in again; returns how many that are. */
export const spendAfternoon = ({ world }: DayWorld, { departures }: Morning): number => {
  const [first] = departures.blockedIds;
  if (first === undefined) return 0;
  world.graph.dir.updateUser(first, { accountEnabled: true });
  return 1;
};
