import { type Azurite, startAzurite } from '../../lib/sandbox/azurite/azurite.js';
import { createAzureTables } from '../../lib/state/azureTables.js';
import { describeTables } from './tablesContract.js';

let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite({ inMemory: true });
});
afterAll(() => azurite.stop());

const open = (namePrefix: string) =>
  createAzureTables({
    connection: { kind: 'connectionString', connectionString: azurite.connectionString },
    namePrefix,
  });

describeTables('on Azurite', () => open('t1'));
