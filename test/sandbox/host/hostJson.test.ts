import { parseHostJson } from '../../../lib/sandbox/host/hostJson.js';
import { parseTimeSpanMs } from '../../../lib/sandbox/host/timeSpan.js';

describe('host.json', () => {
  test('has the defaults of the Functions host where it is silent', () => {
    expect(parseHostJson('{"version":"2.0"}', {})).toEqual({
      routePrefix: 'api',
      logLevels: {},
      queues: {
        batchSize: 16,
        newBatchThreshold: 8,
        maxDequeueCount: 5,
        retryVisibilityMs: 0,
        maxPollingIntervalMs: 2000,
        messageEncoding: 'base64',
      },
    });
  });

  test('says how queues and routes are', () => {
    const text = JSON.stringify({
      version: '2.0',
      extensions: {
        http: { routePrefix: '' },
        queues: { batchSize: 1, newBatchThreshold: 0, visibilityTimeout: '00:00:30', maxPollingInterval: '00:01:00' },
      },
    });
    const { routePrefix, queues } = parseHostJson(text, {});
    expect(routePrefix).toBe('');
    expect(queues).toMatchObject({ batchSize: 1, newBatchThreshold: 0, retryVisibilityMs: 30_000 });
    expect(queues.maxPollingIntervalMs).toBe(60_000);
  });

  test('is overridden by settings, in any case', () => {
    const text = '{"version":"2.0","extensions":{"queues":{"maxDequeueCount":5}}}';
    const settings = {
      AzureFunctionsJobHost__extensions__queues__MaxDequeueCount: '2',
      AzureFunctionsJobHost__logging__logLevel__default: 'Debug',
    };
    const { queues, logLevels } = parseHostJson(text, settings);
    expect(queues.maxDequeueCount).toBe(2);
    expect(logLevels).toEqual({ default: 'Debug' });
  });

  test.each([
    ['no JSON', '{', 'host.json is not JSON'],
    ['no object', '[]', 'expected an object'],
    ['another version', '{"version":"1.0"}', 'host.json, version'],
    ['a batch too large', '{"version":"2.0","extensions":{"queues":{"batchSize":33}}}', 'extensions.queues.batchSize'],
    ['no time span', '{"version":"2.0","extensions":{"queues":{"visibilityTimeout":"30s"}}}', 'hh:mm:ss, found "30s"'],
  ])('%s is refused with its place', (_what, text, message) => {
    expect(() => parseHostJson(text, {})).toThrow(message);
  });
});

test.each([
  ['00:00:30', 30_000],
  ['00:30', 1_800_000],
  ['1.02:03:04.5', 93_784_500],
  ['24:00:00', null],
  ['00:60:00', null],
  ['-00:00:01', null],
  ['30', null],
])('the time span %s is %s ms', (text, expected) => {
  expect(parseTimeSpanMs(text)).toBe(expected);
});
