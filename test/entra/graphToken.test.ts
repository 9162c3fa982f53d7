import type { TokenCredential } from '@azure/identity';
import { createGraphTokenSource } from '../../lib/entra/graphToken.js';
import { faultOf, signal } from './directoryFixture.js';

const credentialOf = (getToken: TokenCredential['getToken']): TokenCredential => ({ getToken });
const token = (text: string) => ({ token: text, expiresOnTimestamp: 0 });

describe('a token source', () => {
  it('gives the fixed token on loopback', async () => {
    const getToken = createGraphTokenSource({ endpoint: 'http://127.0.0.1:9', fixedToken: 'sim', identity: 'default' });
    expect(await getToken(signal)).toBe('sim');
  });

  it('does not let a fixed token leave the machine', () => {
    const create = () =>
      createGraphTokenSource({ endpoint: 'https://graph.microsoft.com', fixedToken: 'hush', identity: 'default' });
    expect(create).toThrow(/loopback only/);
    expect(create).toThrow(/^(?!.*hush)/);
  });

  it.each([
    ['https://graph.microsoft.com', 'https://graph.microsoft.com/.default'],
    ['https://microsoftgraph.chinacloudapi.cn/', 'https://microsoftgraph.chinacloudapi.cn/.default'],
  ])('asks for the audience of %s', async (endpoint, scope) => {
    const scopes: unknown[] = [];
    const getToken = createGraphTokenSource({
      endpoint,
      identity: 'managedIdentity',
      createCredential: async () =>
        credentialOf(async (asked) => {
          scopes.push(asked);
          return token('t');
        }),
    });
    await getToken(signal);
    expect(scopes).toEqual([scope]);
  });

  it('keeps its credential, which caches, until a token is rejected', async () => {
    let made = 0;
    const getToken = createGraphTokenSource({
      endpoint: 'https://graph.microsoft.com',
      identity: 'managedIdentity',
      createCredential: async () => {
        made += 1;
        const number = made;
        return credentialOf(async () => token(`t${number}`));
      },
    });
    expect([
      await getToken(signal),
      await getToken(signal),
      await getToken(signal, 't1'),
      await getToken(signal),
    ]).toEqual(['t1', 't1', 't2', 't2']);
  });

  it.each([
    ['a status of 503', Object.assign(new Error('x'), { statusCode: 503 })],
    ['a network code below', new Error('x', { cause: Object.assign(new Error('y'), { errorCode: 'network_error' }) })],
  ])('says that the token service is down for %s', async (_, error) => {
    const getToken = createGraphTokenSource({
      endpoint: 'https://graph.microsoft.com',
      identity: 'managedIdentity',
      createCredential: async () => credentialOf(() => Promise.reject(error)),
    });
    expect(await faultOf(getToken(signal))).toMatchObject({ code: 'GraphTokenEndpointDown', whose: 'source' });
  });

  it('passes a refusal on', async () => {
    const refusal = Object.assign(new Error('no identity'), { name: 'CredentialUnavailableError' });
    const getToken = createGraphTokenSource({
      endpoint: 'https://graph.microsoft.com',
      identity: 'managedIdentity',
      createCredential: async () => credentialOf(() => Promise.reject(refusal)),
    });
    await expect(getToken(signal)).rejects.toBe(refusal);
  });

  it('has no token where the credential has none', async () => {
    const getToken = createGraphTokenSource({
      endpoint: 'https://graph.microsoft.com',
      identity: 'managedIdentity',
      createCredential: async () => credentialOf(async () => null),
    });
    expect((await faultOf(getToken(signal))).code).toBe('GraphTokenUnavailable');
  });
});
