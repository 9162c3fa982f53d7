import { createZoomCredential } from '../../lib/compose/zoomCredential.js';
import { readSettings } from '../../lib/config/readSettings.js';
import type { Notice } from '../../lib/engine/ports.js';
import { createHeldClock } from '../fakes/heldClock.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';

const dayMs = 86_400_000;

describe('the way into Zoom', () => {
  const azurite = withAzurite();

  const open = async (environment: Record<string, string>) => {
    const clock = createHeldClock();
    const settings = readSettings({
      AzureWebJobsStorage: azurite.connectionString(),
      ENTRA_TENANT_ID: '11111111-1111-4111-8111-111111111111',
      ENTRA_SERVICE_PRINCIPAL_ID: '22222222-2222-4222-8222-222222222222',
      ZOOM_ACCOUNT_ID: 'account',
      ZOOM_CLIENT_ID: 'client',
      ZOOM_CLIENT_SECRET: 'secret',
      ...environment,
    });
    const notices: Notice[] = [];
    const world = {
      jobId: settings.jobId,
      clock,
      notifier: { notify: async (notice: Notice) => void notices.push(notice) },
      telemetry: { event: () => undefined, count: () => undefined },
    };
    const credential = await createZoomCredential(settings, clock);
    return { clock, credential, notices, watch: () => credential.watch(world) };
  };

  it('tells once that a bearer token is eleven months old, and looks once an hour at most', async () => {
    const { clock, credential, notices, watch } = await open({ ZOOM_AUTH: 'bearer', ZOOM_BEARER_TOKEN: 'token-1' });
    expect([await credential.isConfigured(), credential.consent, await credential.readAge()]).toEqual([
      true,
      null,
      null,
    ]);
    await watch();
    expect(await credential.readAge()).toMatchObject({ credentialAge: 0, credentialDaysLeft: 365, isEnding: false });
    clock.advance(335 * dayMs);
    await watch();
    await watch();
    expect(notices).toHaveLength(1);
    clock.advance(dayMs);
    await watch();
    expect(notices).toHaveLength(1);
    expect(await credential.readAge()).toMatchObject({ credentialAge: 336, credentialDaysLeft: 29, isEnding: true });
  });

  it('of a server-to-server app is always there and never ages', async () => {
    const { credential, notices, watch } = await open({});
    await watch();
    expect([await credential.isConfigured(), credential.consent, await credential.readAge(), notices]).toEqual([
      true,
      null,
      null,
      [],
    ]);
  });

  it('of a consent is not configured before it is given', async () => {
    const { credential } = await open({ ZOOM_AUTH: 'authorizationCode' });
    expect(await credential.isConfigured()).toBe(false);
    expect(credential.consent?.publicUrl).toBe('http://127.0.0.1:7071');
    expect(credential.consent?.newSecret()).toMatch(/^[\w-]{43}$/);
  });

  it('of a consent in Key Vault asks nothing of the vault while it is built', async () => {
    const { credential } = await open({
      ZOOM_AUTH: 'authorizationCode',
      KEY_VAULT_URI: 'https://vault.invalid',
      WEBSITE_HOSTNAME: 'app.azurewebsites.net',
    });
    expect(credential.consent?.publicUrl).toBe('https://app.azurewebsites.net');
  });
});
