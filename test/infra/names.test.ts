import { readFileSync } from 'node:fs';
import path from 'node:path';
import { tokenSecretName } from '../../lib/secrets/keyVaultTokens.js';
import { tableNames } from '../../lib/state/names.js';
import { schemaContainer } from '../../lib/state/schemaStore.js';
import { bodyOf, readBicep, textsIn } from './readBicep.js';

const storage = readBicep('modules/storage.bicep');
const functionsEntry = path.resolve('dist/functions');

const queuesOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/queueName: '([a-z-]+)'/g)].map((match) => match[1] ?? '');

describe('what the deployment makes for the code', () => {
  it('are the tables that the code keeps its state in', () => {
    expect([...textsIn(bodyOf(storage, 'tableNames'))].sort()).toEqual(Object.values(tableNames).sort());
  });

  it('are the queues that the functions are triggered by, with the ones for what failed', () => {
    const triggered = ['cycle.js', 'provisionOnDemand.js'].flatMap((name) => queuesOf(path.join(functionsEntry, name)));
    expect([...textsIn(bodyOf(storage, 'queueNames'))].sort()).toEqual([...triggered].sort());
    expect(triggered.filter((name) => triggered.includes(`${name}-poison`))).toHaveLength(triggered.length / 2);
  });

  it('are the queues that the code sends to', () => {
    const sent = [...readFileSync('lib/state/cycleQueue.ts', 'utf8').matchAll(/'(provisioning-[a-z]+)'/g)];
    expect(sent.map((match) => match[1]).sort()).toEqual(['provisioning-cycles', 'provisioning-demands']);
    for (const [, name] of sent) expect(textsIn(bodyOf(storage, 'queueNames'))).toContain(name);
  });

  it('is the container of the schemas, and the package’s beside it', () => {
    expect(textsIn(bodyOf(storage, 'schemaContainer'))).toEqual([schemaContainer]);
    expect(bodyOf(storage, 'account')).toContain('for container in [packageContainer, schemaContainer]');
  });

  it('is the secret that the app rotates', () => {
    expect(textsIn(bodyOf(readBicep('modules/vault.bicep'), 'rotatingSecretName'))).toEqual([tokenSecretName]);
  });
});
