import type { JsonValue } from '../engine/model.js';
import { type AnswerBody, isJsonObject } from './answer.js';

/** What an error answer says: SCIM's shape, the gateway's `{code, message}` and OAuth's `{reason, error}` in one. */
export interface ErrorText {
  readonly text: string;
  /** Zoom's own number (124, 4700, 1005), where it gives one. */
  readonly code: number | null;
  /** RFC 7644 3.12; other servers than Zoom give it. */
  readonly scimType: string | null;
  /** OAuth's word (`invalid_client`). */
  readonly error: string | null;
  /** Names of the fields that a validation refused. */
  readonly fields: readonly string[];
  /** The body was a JSON object, so the answer is the service's and not a proxy's page. */
  readonly isStructured: boolean;
}

const nothingSaid: ErrorText = { text: '', code: null, scimType: null, error: null, fields: [], isStructured: false };

/** Texts are read in this order: `detail`, `message`, `reason`, then the raw body. */
export const readErrorText = (body: AnswerBody): ErrorText => {
  if (body.kind === 'empty') {
    return nothingSaid;
  }
  if (body.kind === 'text') {
    return { ...nothingSaid, text: body.text };
  }
  if (!isJsonObject(body.value)) {
    return { ...nothingSaid, text: JSON.stringify(body.value) };
  }
  const { detail, message, reason, error, errors, scimType, code, errorCode } = body.value;
  const text = [detail, message, reason, error].find((candidate) => typeof candidate === 'string' && candidate !== '');
  return {
    text: typeof text === 'string' ? text : '',
    code: toCode(code) ?? toCode(errorCode) ?? findOAuthCode(text),
    scimType: typeof scimType === 'string' ? scimType : null,
    error: typeof error === 'string' ? error : null,
    fields: readFields(errors),
    isStructured: true,
  };
};

/** Only what looks like the name of an attribute: a server might put the value there. */
const readFields = (errors: JsonValue | undefined): readonly string[] => {
  const entries: readonly JsonValue[] = Array.isArray(errors) ? errors : [];
  const names = entries.flatMap((entry) =>
    isJsonObject(entry) && typeof entry.field === 'string' ? [entry.field] : [],
  );
  return names.filter((name) => /^[A-Za-z][A-Za-z_.]{0,60}$/.test(name)).slice(0, 5);
};

const toCode = (value: JsonValue | undefined): number | null => {
  const code = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value;
  return typeof code === 'number' && Number.isInteger(code) ? code : null;
};

/** OAuth faults carry their number in the text: "Invalid client (4702)", "4,702". */
const findOAuthCode = (text: JsonValue | undefined): number | null => {
  const match = typeof text === 'string' ? /\b4,?7(\d{2})\b/.exec(text) : null;
  return match === null ? null : 4_700 + Number(match[1]);
};
