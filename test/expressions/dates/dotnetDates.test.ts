import { z } from 'zod';
import { readDateFormat } from '../../../lib/expressions/dates/dateFormat.js';
import { defaultDateStyles, readDateStyles } from '../../../lib/expressions/dates/dateStyles.js';
import { readDate } from '../../../lib/expressions/dates/readDate.js';
import { fromUnixMs } from '../../../lib/expressions/dates/ticks.js';
import { writeDate } from '../../../lib/expressions/dates/writeDate.js';
import { EvaluationError } from '../../../lib/expressions/evaluationError.js';
import json from './dotnetDateCases.json';

/** Recorded from .NET 10 on a machine whose zone is UTC: ParseExact, then ToString, with the invariant culture. */
const recorded = z.object({
  recordedOn: z.iso.date(),
  cases: z.array(
    z.object({
      text: z.string(),
      styles: z.string().optional(),
      inputFormat: z.string(),
      outputFormat: z.string(),
      written: z.string().optional(),
      refused: z.boolean().optional(),
    }),
  ),
});
const { cases, recordedOn } = recorded.parse(json);
const now = fromUnixMs(Date.parse(recordedOn));

test.each(cases.map((recordedCase) => [recordedCase.text, recordedCase.inputFormat, recordedCase] as const))(
  'does with %j in the format %j what .NET does',
  (text, inputFormat, { outputFormat, styles, written }) => {
    const convert = () => {
      const chosen = styles === undefined ? defaultDateStyles : readDateStyles(styles);
      const { date, kind } = readDate(text, readDateFormat(inputFormat, 'read'), chosen, now);
      return writeDate(date, kind, readDateFormat(outputFormat, 'write'));
    };
    if (written === undefined) expect(convert).toThrow(EvaluationError);
    else expect(convert()).toBe(written);
  },
);

test('writing and reading in a format that says all gives the same instant', () => {
  const format = 'yyyy-MM-ddTHH:mm:ss.fffffffZ';
  for (const unixMs of [0, 951_782_400_000, 1_709_164_800_123, -62_135_596_800_000, 253_402_300_799_999]) {
    const date = fromUnixMs(unixMs);
    const text = writeDate(date, 'utc', readDateFormat(format, 'write'));
    expect(readDate(text, readDateFormat(format, 'read'), defaultDateStyles, now)).toEqual({ date, kind: 'utc' });
  }
});
