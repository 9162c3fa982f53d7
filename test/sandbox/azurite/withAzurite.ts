import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { startAzurite } from '../../../lib/sandbox/azurite/azurite.js';

const sharedShape = z.object({ template: z.string(), nextAccount: z.number() });
type Shared = z.infer<typeof sharedShape>;

const filePrefix = 'entra-zoom-sync-azurite-';
const accountCount = 500;
const accountName = (index: number): string => `account${index}`;
const firstAccount = accountName(0);

/**
 * A storage account of its own for the test file that calls this at its top: empty, and shared with nobody. The
 * emulator behind it is started once a jest worker, when the first file asks, and ends with the worker.
 */
export function withAzurite(): { readonly connectionString: () => string } {
  let connectionString: string | undefined;
  beforeAll(async () => {
    connectionString = await takeAccount();
  });
  return {
    connectionString() {
      if (connectionString === undefined) throw new Error('The storage account is there once beforeAll has run.');
      return connectionString;
    },
  };
}

/** Files of one worker run one after the other, in module registries that share nothing but the disk. */
async function takeAccount(): Promise<string> {
  const file = path.join(os.tmpdir(), `${filePrefix}${process.pid}.json`);
  const shared = (await readShared(file)) ?? (await startShared());
  if (shared.nextAccount >= accountCount) throw new Error('More test files than accounts: raise accountCount.');
  writeFileSync(file, JSON.stringify({ ...shared, nextAccount: shared.nextAccount + 1 }));
  return shared.template.replaceAll(firstAccount, accountName(shared.nextAccount));
}

async function startShared(): Promise<Shared> {
  removeLeftovers();
  const accounts = Array.from({ length: accountCount }, (_, index) => accountName(index));
  const { connectionString } = await startAzurite({ inMemory: true, accounts });
  return { template: connectionString, nextAccount: 1 };
}

/** The notes of workers that are gone. */
function removeLeftovers(): void {
  for (const name of readdirSync(os.tmpdir()).filter((candidate) => candidate.startsWith(filePrefix))) {
    const pid = Number.parseInt(name.slice(filePrefix.length), 10);
    if (!isRunning(pid)) rmSync(path.join(os.tmpdir(), name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Null where there is no emulator yet, or the file is an older process's of the same number. */
async function readShared(file: string): Promise<Shared | null> {
  if (!existsSync(file)) return null;
  const shared = sharedShape.parse(JSON.parse(readFileSync(file, 'utf8')));
  const port = Number(/QueueEndpoint=http:\/\/127\.0\.0\.1:(\d+)/.exec(shared.template)?.[1]);
  return (await isListening(port)) ? shared : null;
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
