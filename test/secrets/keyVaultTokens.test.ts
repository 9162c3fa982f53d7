import { SecretClient } from '@azure/keyvault-secrets';
import type { ConsentTokens } from '../../lib/engine/consent.js';
import { createKeyVaultTokens, tokenSecretName } from '../../lib/secrets/keyVaultTokens.js';
import { type FakeKeyVault, startFakeKeyVault, vaultCredential } from './fakeKeyVault.js';

const tokens: ConsentTokens = {
  refreshToken: 'refresh-1',
  accessToken: 'access-1',
  accessExpiresAt: '2026-11-23T09:00:00.000Z',
  authorisedAt: '2026-11-23T08:00:00.000Z',
  issuedAt: '2026-11-23T08:00:00.000Z',
};

describe('the tokens in Key Vault', () => {
  let fake: FakeKeyVault;
  beforeEach(async () => {
    fake = await startFakeKeyVault();
  });
  afterEach(() => fake.close());

  const open = (url = fake.url) => {
    const client = new SecretClient(url, vaultCredential, {
      allowInsecureConnection: true,
      disableChallengeResourceVerification: true,
      retryOptions: { maxRetries: 0 },
    });
    return { client, vault: createKeyVaultTokens(client) };
  };

  it('come back as they were kept, each writing a version of one secret', async () => {
    const { vault } = open();
    expect(await vault.read()).toBeNull();
    await vault.write(tokens);
    await vault.write({ ...tokens, refreshToken: 'refresh-2' });
    expect(await open().vault.read()).toEqual({ ...tokens, refreshToken: 'refresh-2' });
    expect(fake.versions.map(({ contentType }) => contentType)).toEqual(['application/json', 'application/json']);
    expect(new Set(fake.requests)).toEqual(
      new Set([`GET /secrets/${tokenSecretName}`, `PUT /secrets/${tokenSecretName}`]),
    );
  });

  it('replace those that they were given for, and nothing newer', async () => {
    const { vault } = open();
    await vault.write(tokens);
    const next = { ...tokens, refreshToken: 'refresh-2' };
    expect(await vault.replace('refresh-1', next)).toBe(true);
    expect(await vault.replace('refresh-1', next)).toBe(true);
    expect(await vault.replace('refresh-1', { ...tokens, refreshToken: 'refresh-3' })).toBe(false);
    expect(await vault.read()).toEqual(next);
    expect(fake.versions).toHaveLength(2);
  });

  it('are forgotten without a delete, which would block the name', async () => {
    const { vault } = open();
    await vault.write(tokens);
    await vault.clear();
    expect(await vault.read()).toBeNull();
    expect(fake.versions.at(-1)?.value).not.toContain('refresh-1');
    expect(fake.requests.filter((request) => request.startsWith('DELETE'))).toEqual([]);
    await vault.write(tokens);
    expect(await vault.read()).toEqual(tokens);
  });

  it.each(['placeholder', '', '{}', '[1]', '{"refreshToken":5}'])(
    'are none where the secret holds %p',
    async (value) => {
      const { client, vault } = open();
      await client.setSecret(tokenSecretName, value);
      expect(await vault.read()).toBeNull();
    },
  );

  it.each([403, 409, 500])(
    'cannot be had where the vault answers %d: a fault that names the secret and no value',
    async (status) => {
      const { vault } = open();
      fake.refuseWith(status);
      for (const attempt of [vault.read(), vault.write(tokens), vault.clear()]) {
        const failure: unknown = await attempt.catch((error: unknown) => error);
        expect(failure).toMatchObject({
          fault: { code: 'KeyVaultUnavailable', whose: 'job', message: expect.stringContaining(`status ${status}`) },
        });
        expect(JSON.stringify(failure)).not.toMatch(/refresh-1|access-1/);
      }
    },
  );

  it('cannot be had where nobody serves the vault', async () => {
    await expect(open('http://127.0.0.1:1').vault.read()).rejects.toMatchObject({
      fault: { code: 'KeyVaultUnavailable', message: expect.stringContaining('no answer') },
    });
  });
});
