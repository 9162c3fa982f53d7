import { defineFunction } from '../defineFunction.js';
import { EvaluationError } from '../evaluationError.js';
import type { FunctionDefinition } from '../functionDefinition.js';
import { optional, text, word } from '../parameters.js';

/** Functions between texts and bytes. */
export const encodingFunctions: readonly FunctionDefinition[] = [
  defineFunction({
    name: 'ConvertToBase64',
    summary: 'Base64 of the text in UTF-16, low byte first.',
    parameters: [text('source', 'The text to encode.')],
    result: 'String',
    evaluate: ([source]) => Buffer.from(source, 'utf16le').toString('base64'),
  }),
  defineFunction({
    name: 'ConvertToUTF8Hex',
    summary: 'The text in UTF-8, each byte as two upper-case hexadecimal digits.',
    parameters: [text('source', 'The text to encode.')],
    result: 'String',
    evaluate: ([source]) => Buffer.from(source, 'utf8').toString('hex').toUpperCase(),
  }),
  defineFunction({
    name: 'ConvertFromBase64',
    summary: 'The text that a base64 text encodes.',
    origin: 'cloudSync',
    parameters: [
      text('source', 'The base64 text.'),
      optional(
        word('encoding', 'How the bytes spell the text; Unicode (UTF-16) if omitted.', ['Unicode', 'ASCII', 'UTF8']),
      ),
    ],
    result: 'String',
    evaluate: ([source, encoding = 'Unicode']) => decodeText(decodeBase64(source), encoding),
  }),
  defineFunction({
    name: 'StringFromSid',
    summary: 'A binary security identifier as S-1-… text.',
    origin: 'cloudSync',
    parameters: [text('bytes', 'The identifier in base64.')],
    result: 'String',
    evaluate: ([bytes]) => formatSid(decodeBase64(bytes)),
  }),
];

function decodeBase64(source: string): Buffer {
  const compact = source.replace(/[ \t\r\n]/g, '');
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    throw new EvaluationError('InvalidBase64', 'The text is not base64 with padding');
  }
  return Buffer.from(compact, 'base64');
}

function decodeText(bytes: Buffer, encoding: 'Unicode' | 'ASCII' | 'UTF8'): string {
  switch (encoding) {
    case 'Unicode':
      return bytes.toString('utf16le');
    case 'UTF8':
      return bytes.toString('utf8');
    case 'ASCII':
      return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : '?')).join('');
  }
}

/** MS-DTYP 2.4.2.2: revision, number of parts, authority (6 bytes, high first), parts (4 bytes each, low first). */
function formatSid(bytes: Buffer): string {
  const count = bytes[1] ?? 0;
  if (bytes.length < 8 || bytes.length !== 8 + count * 4) {
    throw new EvaluationError('InvalidSid', 'The bytes are not a security identifier');
  }
  const parts = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(8 + index * 4));
  return ['S', bytes.readUInt8(0), bytes.readUIntBE(2, 6), ...parts].join('-');
}
