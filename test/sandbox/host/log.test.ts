import { createLineLog, type LogLine } from '../../../lib/sandbox/host/log.js';

function logged(levels: Record<string, string>, ...lines: LogLine[]): string {
  let text = '';
  const log = createLineLog(levels, { nowMs: () => Date.UTC(2026, 10, 23) }, (line) => {
    text += line;
  });
  for (const line of lines) log(line);
  return text;
}

const line = (category: string, level: LogLine['level'], message = category): LogLine => ({ category, level, message });

describe('the log', () => {
  test('is one line an entry: time, level, function, invocation, message', () => {
    const entry: LogLine = {
      level: 'error',
      category: 'Function.cycle',
      functionName: 'cycle',
      invocationId: '42',
      message: 'Failed\n    at somewhere\r\n    at elsewhere',
    };
    expect(logged({}, entry)).toBe('2026-11-23T00:00:00.000Z error cycle 42 Failed | at somewhere | at elsewhere\n');
  });

  test('keeps to the level of the longest category that fits', () => {
    const levels = { default: 'Warning', Function: 'Information', 'Function.noisy': 'Error' };
    const text = logged(
      levels,
      line('Host.Triggers.Queue', 'information'),
      line('Function.cycle.User', 'information'),
      line('Function.noisy', 'warning'),
      line('Functional', 'information'),
      line('Host.Triggers.Queue', 'warning'),
    );
    expect(text.match(/\S+$/gm)).toEqual(['Function.cycle.User', 'Host.Triggers.Queue']);
  });
});
