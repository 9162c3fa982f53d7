import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { systemClock } from '../../lib/clock.js';
import { jobIdOf } from '../../lib/config/settings.js';
import { listenTokenIssuer } from '../../lib/sandbox/issuer/listenTokenIssuer.js';
import { createTokenIssuer } from '../../lib/sandbox/issuer/tokenIssuer.js';
import { type Bench, startBench } from './bench.js';
import { benchServicePrincipalId, benchTenantId } from './constants.js';
import { describeLatencies } from './percentiles.js';

const audience = 'api://entra-zoom-sync';
/** Each asks one question after another, with a short pause. */
const readers = 2;
const pauseMs = 25;
const idleSeconds = 5;
const memoryEveryMs = 5_000;

const job = `servicePrincipals/${benchServicePrincipalId}/synchronization/jobs/${jobIdOf(benchTenantId, benchServicePrincipalId)}`;
const log = 'auditLogs/provisioning';
const newest = z.object({ value: z.array(z.object({ sourceIdentity: z.object({ id: z.string() }) })) });

interface Question {
  readonly name: string;
  /** `person`: the source id of somebody the log knows; null where it knows nobody yet. */
  readonly path: (person: string | null) => string | null;
}

const questions: readonly Question[] = [
  { name: 'job', path: () => job },
  { name: 'schema', path: () => `${job}/schema` },
  { name: 'log, newest 20', path: () => `${log}?$top=20` },
  {
    name: 'log, one person',
    path: (person) => person && `${log}?$filter=${encodeURIComponent(`sourceIdentity/id eq '${person}'`)}`,
  },
  { name: 'staged removals', path: () => `${job}/stagedRemovals` },
  { name: 'escrows', path: () => `${job}/escrows` },
];

type Latencies = ReadonlyMap<string, readonly number[]>;

const readUntil = async (hostUrl: string, token: string, isOver: () => boolean): Promise<Latencies> => {
  const found = new Map<string, number[]>(questions.map(({ name }) => [name, []]));
  let person: string | null = null;
  const ask = async ({ name, path }: Question): Promise<void> => {
    const asked = path(person);
    if (asked === null) return;
    const startedMs = performance.now();
    const response = await fetch(`${hostUrl}/api/${asked}`, { headers: { authorization: `Bearer ${token}` } });
    const text = await response.text();
    found.get(name)?.push(performance.now() - startedMs);
    if (response.status !== 200) throw new Error(`GET ${asked} answered ${response.status}: ${text.slice(0, 300)}`);
    if (name === 'log, newest 20') {
      person = newest.parse(JSON.parse(text)).value[0]?.sourceIdentity.id ?? person;
    }
  };
  const read = async (first: number): Promise<void> => {
    for (let turn = first; !isOver(); turn += 1) {
      const question = questions[turn % questions.length];
      if (question) await ask(question);
      await wait(pauseMs);
    }
  };
  await Promise.all(Array.from({ length: readers }, (_none, reader) => read(reader * 3)));
  return found;
};

const describe = (latencies: Latencies): string =>
  [...latencies]
    .filter(([, each]) => each.length > 0)
    .map(([name, each]) => `  ${name}: ${describeLatencies(each)}`)
    .join('\n');

/** How long reads of the API take while an initial cycle runs as fast as it can, and while none does. */
export const benchApi = async (users: number, print: (text: string) => void): Promise<void> => {
  const issuer = createTokenIssuer({ clock: systemClock, tenants: [benchTenantId] });
  const listening = await listenTokenIssuer(issuer);
  let bench: Bench | null = null;
  try {
    const token = await issuer.mintToken({
      audience,
      roles: ['Provisioning.Read'],
      tenantId: benchTenantId,
      expiresInSeconds: 86_400,
    });
    const settings = {
      API_AUDIENCE: audience,
      API_ISSUER: issuer.issuerOf(benchTenantId),
      // A line for each read would be most of what is measured.
      AzureFunctionsJobHost__logging__logLevel__Function: 'Warning',
    };
    bench = await startBench({ users, rate: 'off', settings });
    let hasEnded = false;
    // A look at the memory stops the host for a collection: few of them.
    const cycle = bench.run('initial', memoryEveryMs).finally(() => {
      hasEnded = true;
    });
    const [{ seconds }, busy] = await Promise.all([cycle, readUntil(bench.hostUrl, token, () => hasEnded)]);
    print(`API reads while ${users} users are provisioned in ${seconds.toFixed(0)} s, ${readers} readers`);
    print(describe(busy));
    const idleUntilMs = performance.now() + idleSeconds * 1_000;
    const idle = await readUntil(bench.hostUrl, token, () => performance.now() >= idleUntilMs);
    print('API reads while nothing runs');
    print(describe(idle));
  } finally {
    await bench?.stop();
    await listening.close();
  }
};
