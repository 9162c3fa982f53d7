import { z } from 'zod';
import { EvaluationError } from '../../../lib/expressions/evaluationError.js';
import { defaultLimits } from '../../../lib/expressions/limits.js';
import { compileRegex } from '../../../lib/expressions/regex/compileRegex.js';
import { replaceMatches } from '../../../lib/expressions/regex/replaceMatches.js';
import { expandReplacement, readReplacement } from '../../../lib/expressions/regex/replacement.js';
import json from './dotnetRegexCases.json';

/** Recorded from .NET 10: for each match the bounds of its groups by number, and what Regex.Replace gives. */
const recorded = z.array(
  z.union([
    z.object({ pattern: z.string(), refused: z.literal(true) }),
    z.object({
      pattern: z.string(),
      replacement: z.string(),
      runs: z.array(
        z.object({
          text: z.string(),
          replaced: z.string(),
          matches: z.array(z.array(z.union([z.tuple([z.number(), z.number()]), z.null()]))),
        }),
      ),
    }),
  ]),
);
const cases = recorded.parse(json);

test.each(cases.map((recordedCase) => [recordedCase.pattern, recordedCase] as const))(
  'does with %j what .NET does',
  (pattern, recordedCase) => {
    if ('refused' in recordedCase) {
      expect(() => compileRegex(pattern)).toThrow(EvaluationError);
      return;
    }
    const regex = compileRegex(pattern);
    const replacement = readReplacement(recordedCase.replacement, regex.groups);
    for (const { matches, replaced, text } of recordedCase.runs) {
      const found = [...regex.findMatches(text, { left: 100_000 })];
      expect(found.map((match) => match.map((group) => (group ? [group.start, group.end] : null)))).toEqual(matches);
      expect(
        replaceMatches(regex, text, { limits: defaultLimits, left: 100_000 }, (match) =>
          expandReplacement(replacement, text, match, defaultLimits),
        ),
      ).toBe(replaced);
    }
  },
);
