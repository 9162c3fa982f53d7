import assert from 'node:assert/strict';
import {
  assignAgain,
  inactiveOf,
  joinersWithAccount,
  openCompany,
  release,
  stagedStates,
  unassignGroup,
} from '../fakes/massUnassign.js';

const leavers = 3;
const releasedPeople = 200;

/** The mass unassignment at the size of a real company, in process; fails where anything differs from what must come. */
export const benchIncidents = async (people: number, print: (text: string) => void): Promise<void> => {
  const beganMs = performance.now();
  const company = await openCompany(people);
  const { tenant, memberIds, directIds } = company;
  const openedMs = performance.now();
  await unassignGroup(company);
  assert.equal(inactiveOf(tenant), 0, 'nobody is disabled');
  assert.equal(joinersWithAccount(tenant), 50, 'the joiners have accounts');
  assert.deepEqual(await stagedStates(tenant), { held: memberIds.length });
  assert.equal(tenant.notices.length, 1, 'it is told once');
  const heldMs = performance.now();

  for (const id of directIds.slice(0, leavers)) tenant.graph.dir.updateUser(id, { accountEnabled: false });
  await tenant.runCycle();
  assert.equal(inactiveOf(tenant), leavers, 'real leavers go');
  await release(company, memberIds.slice(0, releasedPeople));
  await tenant.runCycle();
  assert.equal(inactiveOf(tenant), leavers + releasedPeople, 'released removals are carried out');
  assignAgain(company);
  for (let cycle = 0; cycle < 2; cycle += 1) await tenant.runCycle();
  assert.deepEqual(await stagedStates(tenant), {}, 'the rest leaves the stage');
  assert.equal(inactiveOf(tenant), leavers, 'who was released is let in again');

  const seconds = (fromMs: number, toMs: number): string => `${((toMs - fromMs) / 1_000).toFixed(1)} s`;
  print(
    [
      `mass unassignment, ${people} users in process: initial cycle ${seconds(beganMs, openedMs)}`,
      `  ${memberIds.length} removals held and 50 joined in ${seconds(openedMs, heldMs)}`,
      `  3 leavers, ${releasedPeople} released, the group back: ${seconds(heldMs, performance.now())}`,
    ].join('\n'),
  );
};
