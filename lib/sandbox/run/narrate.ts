import type { Fault } from '../../engine/model.js';
import type { GroupChanges, LateArrivals } from '../day/groupChanges.js';
import type { Morning } from '../day/workingDay.js';
import type { Difference } from '../oracle/difference.js';
import type { Judgement } from '../oracle/oracle.js';
import type { CycleTotals } from './cycleTotals.js';
import type { LogReasons, Reason } from './logReasons.js';

export interface CycleStory {
  readonly title: string;
  readonly totals: CycleTotals;
  /** Removals that wait for a person. */
  readonly held: number;
  readonly fault: Fault | null;
  readonly quarantineReason: string | null;
  readonly reasons: LogReasons;
}

const verbs = ['created', 'adopted', 'updated', 'enabled', 'disabled', 'deleted'] as const;

const formatDuration = (durationMs: number): string => `${(durationMs / 1_000).toFixed(1)} s`;
const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

const sumCounts = (reasons: readonly Reason[]): number => reasons.reduce((sum, { count }) => sum + count, 0);

const listReasons = (heading: string, count: number, reasons: readonly Reason[]): readonly string[] =>
  count === 0
    ? []
    : [
        `  ${heading} ${count}: ${reasons.map((reason) => `${reason.code} ${reason.count}`).join(', ')}`,
        ...reasons.flatMap(({ code, advice }) => (advice === null ? [] : [`    ${code}: ${advice}`])),
      ];

/** What a cycle did, a line for each sort of thing. */
export const describeCycle = ({ title, totals, held, fault, quarantineReason, reasons }: CycleStory): string => {
  const done = verbs.filter((verb) => totals[verb] > 0).map((verb) => `${totals[verb]} ${verb}`);
  const { graphRequests, zoomRequests, durationMs } = totals;
  return [
    `${title}: ${done.length === 0 ? 'nothing to do' : done.join(', ')}`,
    `  ${formatDuration(durationMs)}, ${graphRequests} requests to Graph, ${zoomRequests} to Zoom`,
    ...listReasons('skipped', totals.skipped, reasons.skipped),
    ...listReasons('failed', totals.failed, reasons.failed),
    ...listReasons('not taken over by Zoom', sumCounts(reasons.notApplied), reasons.notApplied),
    ...(held === 0 ? [] : [`  held ${held}: more removals than the guard lets through`]),
    ...(fault === null ? [] : [`  ended early: ${fault.code}, ${fault.message} ${fault.recommendedAction}`]),
    ...(quarantineReason === null ? [] : [`  the job is in quarantine: ${quarantineReason}`]),
  ].join('\n');
};

export const describeMorning = ({ joiners, moves, departures, returners }: Morning): string => {
  const { blockedIds, deleted, unassigned, group } = departures;
  return [
    'A working day:',
    `  joined ${joiners}, back again ${returners}`,
    `  moved: ${moves.departments} to another department, ${moves.renames} renamed, ${moves.roles} to another role`,
    `  left: ${blockedIds.length} blocked, ${deleted} deleted, ${unassigned} unassigned`,
    ...(group === null
      ? []
      : [`  group "${group.displayName}" unassigned: ${people(group.people)}${tellNested(group.nested)}`]),
  ].join('\n');
};

const tellNested = (nested: number): string => (nested === 0 ? '' : `, ${nested} of them in a group inside it`);

export const describeAfternoon = (returners: number): string => `In the afternoon ${people(returners)} let in again.`;

export const describeGroupChanges = ({ renamed, moved, reports }: GroupChanges): string =>
  [
    ...(renamed === null ? [] : [`  group "${renamed.from}" renamed to "${renamed.to}"`]),
    `  ${people(moved)} from one group into another, ${reports} with a new manager who comes in the afternoon`,
  ].join('\n');

export const describeLateArrivals = ({ managers, restored }: LateArrivals): string =>
  `  arrived: ${managers} to lead others, ${restored} restored from the recycle bin.`;

const shownDifferences = 50;

const describeDifference = ({ kind, personId, accountId, groupId, field }: Difference): string => {
  const who = [
    groupId === undefined ? null : `group ${groupId}`,
    personId === null ? null : `person ${personId}`,
    accountId === null ? null : `account ${accountId}`,
  ];
  const what = field ? `${field.name} is "${field.found}", expected "${field.expected}"` : kind;
  return `  ${who.filter((part) => part !== null).join(', ')}: ${what}`;
};

/** Whether Zoom is as the tenant says; where it is not, by id and field. */
export const describeJudgement = ({ differences, activeIds, leftOut }: Judgement): string => {
  const left = leftOut === 0 ? '' : ` ${people(leftOut)} left out, whom Zoom reports as invited or in another account.`;
  if (differences.length === 0) {
    return `Converged: Zoom holds what the tenant says, ${people(activeIds.size)} active.${left}`;
  }
  return [
    `Not converged: ${differences.length} differences between Zoom and the tenant.${left}`,
    ...differences.slice(0, shownDifferences).map(describeDifference),
    ...(differences.length > shownDifferences ? [`  and ${differences.length - shownDifferences} more`] : []),
  ].join('\n');
};
