import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expandSettings, loadSettings, readSetting } from '../../../lib/sandbox/host/settings.js';
import { readStorageConnection } from '../../../lib/sandbox/host/storageConnection.js';

describe('settings', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'settings-'));
  const file = path.join(folder, 'local.settings.json');
  afterEach(() => rmSync(file, { force: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('come from the environment, and below it from local.settings.json', () => {
    writeFileSync(file, JSON.stringify({ IsEncrypted: false, Values: { A: 'file', B: 'file', PORT: 7000 } }));
    expect(loadSettings(folder, { A: 'environment', C: undefined })).toEqual({
      A: 'environment',
      B: 'file',
      PORT: '7000',
    });
  });

  test('come from the environment alone where there is no file', () => {
    expect(loadSettings(folder, { A: 'environment' })).toEqual({ A: 'environment' });
  });

  test.each([
    ['that is encrypted', '{"IsEncrypted":true,"Values":{"A":"x"}}'],
    ['that is no JSON', '{'],
    ['whose value is no text', '{"Values":{"A":{"nested":1}}}'],
  ])('a file %s is refused by its name', (_what, text) => {
    writeFileSync(file, text);
    expect(() => loadSettings(folder, {})).toThrow(file);
  });

  test('are found in any case, the exact name first', () => {
    expect(readSetting({ port: '1', PORT: '2' }, 'PORT')).toBe('2');
    expect(readSetting({ Port: '1' }, 'PORT')).toBe('1');
    expect(readSetting({}, 'PORT')).toBeUndefined();
  });

  test('stand for %NAME% in a binding', () => {
    expect(expandSettings('%A%-%B%', { A: 'x', B: 'y' }, 'here')).toBe('x-y');
    expect(() => expandSettings('%C%', {}, 'Function f, queueName')).toThrow('Function f, queueName: the setting C');
  });
});

describe('a storage connection', () => {
  test.each([
    ['the default one', undefined, { AzureWebJobsStorage: 'UseDevelopmentStorage=true' }],
    ['one by name', 'Other', { Other: 'UseDevelopmentStorage=true' }],
    ['one by name with the prefix', 'Other', { AzureWebJobsOther: 'UseDevelopmentStorage=true' }],
  ])('%s is a connection string', (_what, connection, settings) => {
    expect(readStorageConnection(connection, settings, 'queue')).toEqual({
      kind: 'connectionString',
      connectionString: 'UseDevelopmentStorage=true',
    });
  });

  test.each([
    [{ AzureWebJobsStorage__accountName: 'acme' }, 'https://acme.queue.core.windows.net'],
    [{ AzureWebJobsStorage__queueServiceUri: 'https://q.example' }, 'https://q.example'],
  ])('with an identity is the address of the service: %j', (settings, serviceUri) => {
    expect(readStorageConnection(undefined, settings, 'queue')).toMatchObject({ kind: 'identity', serviceUri });
  });

  test('that is missing names the setting', () => {
    expect(() => readStorageConnection(undefined, {}, 'queue')).toThrow('The setting AzureWebJobsStorage is not set');
  });
});
