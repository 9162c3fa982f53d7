import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK } from 'jose';
import type { SeededIds } from './seededIds.js';

export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

export interface SigningKeys {
  /** The key that signs now. */
  current(): Promise<SigningKey>;
  /** One that signs but is published nowhere. */
  unpublished(): Promise<SigningKey>;
  /** Signs with a new key from now on and answers its id; the old ones stay published unless `dropOld`. */
  rotate(dropOld: boolean): Promise<string>;
  /** The published keys as Entra publishes them: without `alg`. */
  publish(): Promise<readonly JWK[]>;
}

/** RSA keys of 2048 bits, made when first asked for. Their ids follow from the seed; the keys do not. */
export function createSigningKeys(ids: SeededIds): SigningKeys {
  let published: Promise<readonly SigningKey[]> | undefined;
  let hidden: Promise<SigningKey> | undefined;
  const list = (): Promise<readonly SigningKey[]> => {
    published ??= createKey(ids.hex()).then((key) => [key]);
    return published;
  };
  const current = async (): Promise<SigningKey> => {
    const key = (await list()).at(-1);
    if (key === undefined) throw new Error('The issuer has no signing key.');
    return key;
  };
  return {
    current,
    unpublished() {
      hidden ??= createKey(ids.hex());
      return hidden;
    },
    async rotate(dropOld) {
      const before = await list();
      const key = await createKey(ids.hex());
      published = Promise.resolve(dropOld ? [key] : [...before, key]);
      return key.keyId;
    },
    publish: async () => Promise.all((await list()).map(toJwk)),
  };
}

async function createKey(keyId: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { keyId, privateKey, publicKey };
}

async function toJwk({ keyId, publicKey }: SigningKey): Promise<JWK> {
  const { n, e } = await exportJWK(publicKey);
  return { kty: 'RSA', use: 'sig', kid: keyId, x5t: keyId, n: n ?? '', e: e ?? '' };
}

/** The public key as text: what an attacker signs with where a verifier takes HS256 for RS256. */
export const publicKeyText = ({ publicKey }: SigningKey): Promise<string> => exportSPKI(publicKey);
