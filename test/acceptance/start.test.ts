import path from 'node:path';
import { z } from 'zod';
import { startLocalHost } from '../../lib/sandbox/host/localHost.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { loadIsolated } from '../sandbox/host/loadIsolated.js';

const azurite = withAzurite();

const good = (): Record<string, string> => ({
  PORT: '0',
  AzureWebJobsStorage: azurite.connectionString(),
  ENTRA_TENANT_ID: '11111111-1111-4111-8111-111111111111',
  ENTRA_SERVICE_PRINCIPAL_ID: '22222222-2222-4222-8222-222222222222',
  GRAPH_ENDPOINT: 'http://127.0.0.1:9',
  GRAPH_TOKEN: 'graph',
  ZOOM_SCIM_ENDPOINT: 'http://127.0.0.1:9/scim2',
  ZOOM_OAUTH_ENDPOINT: 'http://127.0.0.1:9/oauth',
  ZOOM_ACCOUNT_ID: 'account',
  ZOOM_CLIENT_ID: 'client',
  ZOOM_CLIENT_SECRET: 'do-not-show-me',
});

const start = (settings: Record<string, string>) =>
  startLocalHost({
    settings,
    entry: path.join('dist', 'functions', 'index.js'),
    loadEntry: loadIsolated,
    triggers: 'held',
    log: () => undefined,
  });

/** Why it did not start. */
const failureOf = async (settings: Record<string, string>): Promise<string> => {
  const reason = await start(settings).then(
    async (host) => {
      await host.stop();
      return new Error('It started.');
    },
    // Thrown in a module registry of its own, where Error is another class.
    (error: unknown) => error,
  );
  return z.object({ message: z.string() }).parse(reason).message;
};

describe('the start', () => {
  it('registers every door and answers health with 200', async () => {
    const host = await start(good());
    try {
      expect(host.functions.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['schedule', 'cycle', 'cyclePoison', 'health', 'getJob', 'listJobs', 'runJob']),
      );
      const response = await host.invokeHttp(new Request(`${host.url}/api/health`));
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ status: 'ok' });
    } finally {
      await host.stop();
    }
  });

  it.each(['ENTRA_TENANT_ID', 'ENTRA_SERVICE_PRINCIPAL_ID', 'ZOOM_ACCOUNT_ID', 'ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET'])(
    'stops and names %s where it is missing',
    async (name) => {
      const { [name]: _missing, ...settings } = good();
      const message = await failureOf(settings);
      expect(message).toContain(`${name}: expected`);
      expect(message).toContain('found nothing');
    },
  );

  it('names every faulty setting at once, what was expected and what was there, and shows no secret', async () => {
    const message = await failureOf({
      ...good(),
      ENTRA_TENANT_ID: 'contoso',
      CYCLE_INTERVAL: 'PT1M',
      SLICE_BUDGET: 'soon',
      GRAPH_ENDPOINT: 'http://graph.example',
      ZOOM_SCIM_ENDPOINT: 'https://api.zoom.us/scim',
      REMOVAL_POLICY: '{"retired":"disable"}',
      DELETION_THRESHOLD: '-1',
      NESTED_GROUPS: 'deep',
    });
    for (const name of ['ENTRA_TENANT_ID', 'CYCLE_INTERVAL', 'SLICE_BUDGET', 'GRAPH_ENDPOINT', 'ZOOM_SCIM_ENDPOINT']) {
      expect(message).toContain(`${name}: expected`);
    }
    for (const name of ['REMOVAL_POLICY', 'DELETION_THRESHOLD', 'NESTED_GROUPS', 'GRAPH_TOKEN']) {
      expect(message).toContain(`${name}: expected`);
    }
    expect(message).toContain('"contoso"');
    expect(message).toContain('https://api.zoom.us/scim2');
    expect(message).not.toContain('do-not-show-me');
  });
});
