import { defineFunction } from '../defineFunction.js';
import { EvaluationError } from '../evaluationError.js';
import type { Call, FunctionDefinition } from '../functionDefinition.js';
import { checkTextLength, type ExpressionLimits } from '../limits.js';
import { lazily, nullResult, text } from '../parameters.js';
import { compileRegex, type Regex } from '../regex/compileRegex.js';
import { replaceMatches } from '../regex/replaceMatches.js';
import { expandReplacement, readReplacement } from '../regex/replacement.js';
import {
  oldValue,
  regexGroupName,
  regexPattern,
  replacementAttributeName,
  replacementValue,
  source,
  template,
} from './replaceParameters.js';

/** One of the five things that Replace does, and the positions that choose it. */
interface ReplaceMode {
  readonly takes: readonly string[];
  readonly definition: FunctionDefinition;
}

const replaceText = defineFunction({
  name: 'Replace',
  summary: 'Every occurrence of a text, by another; both are plain.',
  parameters: [source, oldValue, replacementValue],
  result: 'String',
  mapsOver: 'first',
  evaluate: ([searched, old, replacement], { limits }) => replaceAll(searched, old, replacement, limits),
});

const fillTemplate = defineFunction({
  name: 'Replace',
  summary: 'Every occurrence of a text in a template, by the source; both are plain.',
  parameters: [source, oldValue, template],
  result: 'String',
  mapsOver: 'first',
  evaluate: ([value, old, filled], { limits }) => replaceAll(filled, old, value, limits),
});

const replacePattern = defineFunction({
  name: 'Replace',
  summary: 'Every match of a regular expression, by a text with references to its groups.',
  parameters: [source, regexPattern, replacementValue],
  result: 'String',
  mapsOver: 'first',
  evaluate: ([searched, regex, replacement], scope) => {
    return replaceMatches(regex, searched, scope, (match) =>
      expandReplacement(readReplacement(replacement, regex.groups), searched, match, scope.limits),
    );
  },
});

const replaceGroup = defineFunction({
  name: 'Replace',
  summary: 'What one group of a regular expression has captured, in every match, by a plain text.',
  parameters: [source, regexPattern, regexGroupName, replacementValue],
  result: 'String',
  mapsOver: 'first',
  check: checkGroup,
  evaluate: ([searched, regex, name, replacement], scope) => {
    const place = findGroup(regex, name);
    return replaceMatches(regex, searched, scope, (match) => {
      const [{ start, end }] = match;
      const captured = match[place];
      if (captured === undefined || captured.start < start || captured.end > end) return undefined;
      return searched.slice(start, captured.start) + replacement + searched.slice(captured.end, end);
    });
  },
});

/** Where the source has a value nothing else is looked at: the pattern and the other attribute may be anything. */
const takeGroup = defineFunction({
  name: 'Replace',
  summary: 'The source; where it is empty, what a group of a regular expression captures in another attribute.',
  parameters: [
    text('source', 'The text to take if there is one.', { whenNull: '' }),
    lazily(regexPattern),
    lazily(regexGroupName),
    lazily(replacementAttributeName),
  ],
  result: 'String',
  mapsOver: 'first',
  check: checkGroup,
  evaluate: ([value, readPattern, readName, readOther], scope) => {
    if (value !== '') return value;
    const regex = readPattern();
    const name = readName();
    const other = readOther();
    if (regex === nullResult || name === nullResult) return null;
    const place = findGroup(regex, name);
    if (other === nullResult) return null;
    const captured = regex.findMatch(other, 0, scope)?.[place];
    return captured === undefined ? null : other.slice(captured.start, captured.end);
  },
});

/** The modes of Replace by the positions that are filled. */
export const replaceModes: readonly ReplaceMode[] = [
  { takes: ['source', 'oldValue', 'replacementValue'], definition: replaceText },
  { takes: ['source', 'oldValue', 'template'], definition: fillTemplate },
  { takes: ['source', 'regexPattern', 'replacementValue'], definition: replacePattern },
  { takes: ['source', 'regexPattern', 'regexGroupName', 'replacementValue'], definition: replaceGroup },
  { takes: ['source', 'regexPattern', 'regexGroupName', 'replacementAttributeName'], definition: takeGroup },
];

/** The result's length is known before it is built: a text of a thousand matches must not become a thousand long ones. */
function replaceAll(searched: string, old: string, replacement: string, limits: ExpressionLimits): string {
  if (old === '') return searched;
  const pieces = searched.split(old);
  checkTextLength(searched.length + (pieces.length - 1) * (replacement.length - old.length), limits);
  return pieces.join(replacement);
}

function findGroup(regex: Regex, name: string): number {
  const place = regex.groups.placeOf(name);
  if (place === undefined)
    throw new EvaluationError('UnknownGroup', 'The regular expression has no group of this name');
  return place;
}

/** A constant name is looked up in a constant pattern when the expression is saved. */
function checkGroup(call: Call): void {
  const [, regex, name] = call.arguments;
  if (typeof regex?.constant !== 'string' || typeof name?.constant !== 'string') return;
  try {
    findGroup(compileRegex(regex.constant), name.constant);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    if (error.code === 'UnknownGroup') call.report.refuse(name.node, 'InvalidArgument', `Replace: ${error.message}`);
  }
}
