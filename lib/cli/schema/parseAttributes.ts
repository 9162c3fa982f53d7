import type { Attributes } from '../../expressions/attributes.js';
import { attributesShape } from '../../schema/attributeValues.js';
import { findJsonFault } from '../../schema/findJsonFault.js';
import { CommandError } from './terminal.js';

/** A JSON text. Throws `CommandError` with the place where it stops being JSON; `what` begins the sentence. */
export const parseJson = (text: string, what: string): unknown => {
  const fault = findJsonFault(text);
  if (fault === null) return JSON.parse(text);
  throw new CommandError(`${what}: no JSON at position ${fault.position}; expected ${fault.expected}.`);
};

/** Source attributes from JSON. Throws `CommandError` that names the attribute. */
export const parseAttributes = (text: string, what: string): Attributes => {
  const parsed = attributesShape.safeParse(parseJson(text, what));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = issue?.path.join('.') ?? '';
  throw new CommandError(`${what}${name === '' ? '' : `, ${name}`}: ${issue?.message ?? 'not understood'}.`);
};
