import type { SchemaFinding } from './finding.js';

const endSentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** A finding in one line: what is wrong and where inside the text at its path, what was expected, the nearest name. */
export const describeFinding = ({ message, position, expected, nearest }: SchemaFinding): string =>
  [
    endSentence(position === null ? message : `${message.replace(/\.$/, '')}, at position ${position}`),
    ...(expected === null ? [] : [endSentence(`Expected ${expected}`)]),
    ...(nearest === null ? [] : [`Did you mean "${nearest}"?`]),
  ].join(' ');
