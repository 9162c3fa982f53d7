import { findJsonFault } from './findJsonFault.js';
import { type SchemaValidation, validateSchema } from './validateSchema.js';

const byteOrderMark = '\uFEFF';

/** A schema document's text, parsed and checked in full. Text that is no JSON is an error with its place. */
export const readSchemaText = (text: string): SchemaValidation => {
  const json = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  const fault = findJsonFault(json);
  if (fault === null) return validateSchema(JSON.parse(json));
  const position = fault.position + text.length - json.length;
  const message = position === text.length ? 'The document ends too early' : 'The document is no JSON';
  const { expected } = fault;
  return {
    kind: 'invalid',
    errors: [{ code: 'InvalidJson', path: '$', position, message, expected, nearest: null }],
    warnings: [],
  };
};
