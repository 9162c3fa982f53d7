import { RestError, type SecretClient } from '@azure/keyvault-secrets';
import { z } from 'zod';
import type { ConsentTokens, TokenVault } from '../engine/consent.js';
import { FaultError } from '../engine/model.js';

/** The one secret that the app writes; its role in the vault can be narrowed to it. */
export const tokenSecretName = 'zoom-refresh-token';

const contentType = 'application/json';
/** What stands in the secret while there is no consent: deleting it would block its name for the time of soft delete. */
const nothing = 'none';

const shape: z.ZodType<ConsentTokens> = z.object({
  refreshToken: z.string(),
  accessToken: z.string(),
  accessExpiresAt: z.string(),
  authorisedAt: z.string(),
  issuedAt: z.string(),
});

type Client = Pick<SecretClient, 'getSecret' | 'setSecret'>;

/**
 * The tokens as one Key Vault secret, a new version a write. A secret that is missing, or holds anything but what this
 * app writes (the placeholder of a deployment), is no consent. Key Vault writes under no condition, so that `replace`
 * looks first and relies on the turn for the moment in between.
 */
export const createKeyVaultTokens = (client: Client): TokenVault => ({
  read: () => readTokens(client),
  write: (tokens) => set(client, JSON.stringify(tokens)),
  replace: async (refreshToken, tokens) => {
    const standing = (await readTokens(client))?.refreshToken;
    if (standing === refreshToken) await set(client, JSON.stringify(tokens));
    return standing === refreshToken || standing === tokens.refreshToken;
  },
  clear: () => set(client, nothing),
});

const readTokens = async (client: Client): Promise<ConsentTokens | null> => {
  try {
    const { value } = await client.getSecret(tokenSecretName);
    return value === undefined ? null : parseTokens(value);
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw vaultFault('read', error);
  }
};

const set = async (client: Client, value: string): Promise<void> => {
  try {
    await client.setSecret(tokenSecretName, value, { contentType });
  } catch (error) {
    throw vaultFault('write', error);
  }
};

const parseTokens = (value: string): ConsentTokens | null => {
  try {
    return shape.safeParse(JSON.parse(value)).data ?? null;
  } catch {
    return null; // a placeholder
  }
};

const statusOf = (error: unknown): number | null => (error instanceof RestError ? (error.statusCode ?? null) : null);

const describeAnswer = (error: unknown): string => {
  const status = statusOf(error);
  if (status !== null) return `status ${status}`;
  return `no answer${error instanceof Error ? ` (${error.name})` : ''}`;
};

/**
 * Names the secret, never its value; the SDK's error stays behind, since it holds the request. Without the tokens
 * nothing can go on, so the fault is the job's.
 */
const vaultFault = (operation: 'read' | 'write', error: unknown): FaultError =>
  new FaultError({
    code: 'KeyVaultUnavailable',
    message: `The secret ${tokenSecretName}: ${operation} got ${describeAnswer(error)}.`,
    recommendedAction: `Check KEY_VAULT_URI, that the vault can be reached, and that the app's identity may get and set the secret ${tokenSecretName}; a deleted secret must be recovered.`,
    whose: 'job',
    retry: 'nextCycle',
    ...(operation === 'write' && (statusOf(error) ?? 500) >= 500 ? { outcomeUnknown: true } : {}),
  });
