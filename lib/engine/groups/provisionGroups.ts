import type { CompiledMapping } from '../../mapping/compiled.js';
import { provisionBatch } from '../provision.js';
import type { Slice } from '../slice.js';
import type { StoredObject } from '../state.js';
import type { Subject } from '../subject.js';
import { groupContext } from './groupContext.js';

/** A group as its stream described it last. */
export const groupSubject = (stored: StoredObject, readAt: string): Subject => {
  const { id, gone, group } = stored.row;
  const isGone = gone !== null;
  return {
    stored,
    source: isGone || !group?.attributes ? null : { type: 'group', id, attributes: group.attributes },
    life: !isGone ? 'live' : gone.reason === 'changed' ? 'softDeleted' : 'hardDeleted',
    readAt,
    // As a row of a feed: nothing of it comes from a replica that lags.
    round: 0,
    provenByRow: isGone,
    readFault: null,
  };
};

/**
 * Takes groups through the steps that users go through. Groups that ask for one name go one after the other, so that the
 * second finds the first and is told so. False: the worker had to stop before all were done.
 */
export const provisionGroups = async (
  subjects: readonly Subject[],
  mapping: CompiledMapping,
  slice: Slice,
): Promise<boolean> => {
  let isAllDone = true;
  for (const wave of inWaves(subjects, mapping, slice.world.clock.nowMs())) {
    const context = await groupContext(
      wave.map(({ stored }) => stored),
      mapping,
      slice,
    );
    isAllDone = (await slice.settle(await provisionBatch(wave, context, slice.signal))) && isAllDone;
  }
  return isAllDone;
};

/** In each wave every name stands once. */
const inWaves = (
  subjects: readonly Subject[],
  mapping: CompiledMapping,
  nowMs: number,
): readonly (readonly Subject[])[] => {
  const waves: Subject[][] = [];
  const seen = new Map<string, number>();
  for (const subject of subjects) {
    const name = nameOf(subject, mapping, nowMs);
    const at = name === null ? 0 : (seen.get(name) ?? 0);
    if (name !== null) seen.set(name, at + 1);
    const wave = waves[at] ?? [];
    wave.push(subject);
    waves[at] = wave;
  }
  return waves;
};

const nameOf = ({ source }: Subject, mapping: CompiledMapping, nowMs: number): string | null => {
  const displayName = source && mapping.mapMatching(source.attributes, nowMs).values['displayName'];
  return typeof displayName === 'string' ? displayName.toLowerCase() : null;
};
