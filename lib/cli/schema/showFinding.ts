import { locateOffset } from '../../expressions/position.js';
import { describeFinding } from '../../schema/describeFinding.js';
import type { SchemaFinding } from '../../schema/finding.js';
import { drawCaret } from './caret.js';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The text at a finding's path, where there is one: `$` is the document itself. */
const textAt = (path: string, document: string, json: unknown): string | null => {
  if (path === '$') return document;
  const value = path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .reduce<unknown>((holder, part) => (isRecord(holder) ? holder[part] : undefined), json);
  return typeof value === 'string' ? value : null;
};

/** A finding for the eye: severity and path, what is wrong, and the place under a caret. `json` null: it is no JSON. */
export const showFinding = (
  severity: 'error' | 'warning',
  finding: SchemaFinding,
  document: string,
  json: unknown,
): string => {
  const { path, position } = finding;
  const text = position === null ? null : textAt(path, document, json);
  const place = path === '$' && position !== null ? whereInDocument(document, position) : path;
  const lines = [`${severity} ${place}: ${finding.code}`, `  ${describeFinding(finding)}`];
  if (text !== null && position !== null) lines.push(drawCaret(text, position));
  return `${lines.join('\n')}\n`;
};

const whereInDocument = (document: string, position: number): string => {
  const { line, column } = locateOffset(document, position);
  return `line ${line}, column ${column}`;
};
