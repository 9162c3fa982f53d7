import { Writable } from 'node:stream';
import { createBarDisplay, createLineDisplay, formatLeft, formatRate } from '../../../lib/sandbox/progress/display.js';

const reading = { done: 30, total: 120, perSecond: 15, leftMs: 6_000 };

describe('progress in a file or a pipe', () => {
  it('is a line every five seconds, with counts, rate and time left', () => {
    const lines: string[] = [];
    let nowMs = 0;
    const display = createLineDisplay(
      (line) => lines.push(line),
      () => nowMs,
    );
    display.start('Initial cycle');
    for (nowMs = 0; nowMs <= 12_000; nowMs += 200) display.show(reading, '28 created, 2 updated');
    display.stop();
    expect(lines).toEqual([
      'Initial cycle: 30 of 120, 15/s, 6 s left; 28 created, 2 updated',
      'Initial cycle: 30 of 120, 15/s, 6 s left; 28 created, 2 updated',
    ]);
  });
});

describe('progress on a terminal', () => {
  it('is a bar with counts, rate and time left, and gives the cursor back', () => {
    let text = '';
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        text += String(chunk);
        done();
      },
    });
    const terminal = Object.assign(stream, {
      isTTY: true,
      columns: 200,
      cursorTo: () => true,
      moveCursor: () => true,
      clearLine: () => true,
      clearScreenDown: () => true,
    });
    const display = createBarDisplay(terminal);
    display.start('Initial cycle');
    display.show(reading, '28 created');
    display.stop();
    expect(text).toContain('30/120 15/s, 6 s left 28 created');
    expect(text.lastIndexOf('\u001b[?25h')).toBeGreaterThan(text.lastIndexOf('\u001b[?25l'));
  });
});

describe('figures for people', () => {
  it.each([
    [null, 'time left unknown'],
    [400, '1 s left'],
    [89_000, '89 s left'],
    [90_001, '2 min left'],
  ])('%s milliseconds: %s', (leftMs, text) => {
    expect(formatLeft(leftMs)).toBe(text);
  });

  it.each([
    [null, ''],
    [0, ''],
    [2.34, '2.3/s'],
    [61.7, '62/s'],
  ])('%s a second: %s', (perSecond, text) => {
    expect(formatRate(perSecond)).toBe(text);
  });
});
