import { createAzureTables } from '../../lib/state/azureTables.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { runHistory } from './runHistory.js';

const azurite = withAzurite();
const seeds = Array.from({ length: 99 }, (_, index) => index + 1);

describe('a random history, once faults have ended', () => {
  it.each(seeds)('leaves Zoom as the tenant says, nobody twice and nobody wrongly off (seed %i)', async (seed) => {
    expect(await runHistory({ seed, maxSteps: 24 })).toEqual({ kind: 'passed' });
  });

  it('ends so on real table storage too', async () => {
    let opened = 0;
    const openTables = () => {
      opened += 1;
      const connection = { kind: 'connectionString', connectionString: azurite.connectionString() } as const;
      return createAzureTables({ connection, namePrefix: `h${opened}x` });
    };
    expect(await runHistory({ seed: 100, maxSteps: 12, openTables })).toEqual({ kind: 'passed' });
  });
});
