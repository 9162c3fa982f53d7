import { parseEndpoint } from '../../lib/http/endpoint.js';
import { InvalidEndpointError } from '../../lib/http/invalidEndpointError.js';

describe('a configured endpoint', () => {
  it.each([
    'https://graph.microsoft.com',
    'https://api.zoom.us/scim2',
    'http://127.0.0.1:8080',
    'http://localhost:1',
    'http://[::1]:9',
  ])('may be %s', (text) => {
    expect(parseEndpoint(text).href).toContain(text);
  });

  it.each([
    ['plain http elsewhere', 'http://graph.microsoft.com'],
    ['a host that only looks like loopback', 'http://127.0.0.1.example.com'],
    ['a name below localhost of somebody else', 'http://localhost.example.com'],
    ['another protocol', 'ftp://graph.microsoft.com'],
    ['credentials', 'https://user:secret@graph.microsoft.com'],
    ['a query', 'https://graph.microsoft.com/?a=b'],
    ['no URL', 'graph.microsoft.com'],
  ])('must not be %s', (_, text) => {
    expect(() => parseEndpoint(text)).toThrow(InvalidEndpointError);
  });

  it('does not repeat a password in its error', () => {
    expect(() => parseEndpoint('https://user:hunter2@graph.microsoft.com')).toThrow(/^(?!.*hunter2)/);
  });
});
