import { toText } from '../convert.js';
import { nullResult, parameterOf, text } from '../parameters.js';
import { compileRegex } from '../regex/compileRegex.js';

/** The seven positions of Replace. Which of them a mode needs is the mode's matter; a null source fills its position too. */
export const source = text('source', 'The text to change.');
export const oldValue = text('oldValue', 'The text to replace.', { key: 'Find' });
/** Compiled once where it is constant, and again only when it changes where it is not. */
export const regexPattern = parameterOf(
  'regexPattern',
  'String',
  'What to replace, as a .NET regular expression.',
  (value) => {
    const written = toText(value);
    return written === null ? nullResult : compileRegex(written);
  },
  { key: 'RegularExpression', remembers: true },
);
export const regexGroupName = text('regexGroupName', 'The group to replace or to take.', {
  key: 'RegularExpressionGroupName',
});
export const replacementValue = text('replacementValue', 'The text to put in place; "" removes.', {
  key: 'Replacement',
  whenNull: '',
});
export const replacementAttributeName = text('replacementAttributeName', 'Where to look if the source is empty.', {
  key: 'ReplacementPropertyName',
});
export const template = text('template', 'A text in which the source takes the place of oldValue.', {
  key: 'Template',
});
