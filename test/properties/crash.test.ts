import { isDeepStrictEqual } from 'node:util';
import type { KillPoint } from '../fakes/killSwitch.js';
import { createCrashScene, type Picture } from './crashScene.js';

const dieAt = async (...kills: readonly KillPoint[]): Promise<Picture> => {
  const scene = await createCrashScene();
  await scene.operator.runCycle({ asked: null, kills, isTwice: false });
  return scene.finish();
};

describe('a worker that dies in a cycle which takes every path', () => {
  let uninterrupted: Picture;
  let steps: readonly string[];
  beforeAll(async () => {
    const scene = await createCrashScene();
    const { counts } = await scene.operator.runCycle({ asked: null, kills: [], isTwice: false });
    // Created ones among them are invited, downgraded, timed out after commit, and refused but stored all the same.
    expect(counts).toMatchObject({ created: 8, adopted: 2, updated: 3, enabled: 1, staged: 5, disabled: 4, failed: 1 });
    steps = [...scene.operator.lastSteps()];
    uninterrupted = await scene.finish();
  });

  it('leaves nothing undone and nothing done twice, whichever write or request was its last', async () => {
    const wrong: string[] = [];
    for (const [index, step] of steps.entries()) {
      const picture = await dieAt({ at: index + 1, moment: 'after' });
      if (!isDeepStrictEqual(picture, uninterrupted)) wrong.push(`${index + 1}: ${step}`);
    }
    expect(wrong).toEqual([]);
  }, 240_000);

  it.each([20, 33, 58, 84, 107, 124, 140])('before its step %i, and its successor too, loses nothing', async (at) => {
    expect(await dieAt({ at, moment: 'before' }, { at: 30, moment: 'after' })).toEqual(uninterrupted);
  });
});
