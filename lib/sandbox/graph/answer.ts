import type { JsonObject } from '../../mapping/json.js';
import { GraphError } from './errors.js';
import type { GraphSettings } from './settings.js';

/** What the connection does instead of carrying the answer whole. */
export type Breakage = 'resetBefore' | 'resetMidBody' | 'stall';

/** An answer before it is bytes. A text body is sent as it is. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject | string | null;
  readonly breakage?: Breakage;
}

/** An answer with the text of its body. */
export interface Served extends Answer {
  readonly text: string;
}

const jsonType = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

export const jsonAnswer = (status: number, body: JsonObject): Answer => ({
  status,
  headers: { 'Content-Type': jsonType },
  body,
});

const spellCode = (code: string, spelling: GraphSettings['errorCodeCase']): string => {
  switch (spelling) {
    case 'asDocumented':
      return code;
    case 'lower':
      return code.toLowerCase();
    case 'upperFirst':
      return code.slice(0, 1).toUpperCase() + code.slice(1);
  }
};

/** Ids and time that stand in every error body. */
export interface Trace {
  readonly requestId: string;
  readonly clientRequestId: string | null;
  readonly nowMs: number;
}

const innerOf = (trace: Trace): JsonObject => ({
  date: new Date(trace.nowMs).toISOString().slice(0, 19),
  'request-id': trace.requestId,
  'client-request-id': trace.clientRequestId ?? trace.requestId,
});

/** Graph's error body; `inner` is added to the inner error. */
export const errorAnswer = (
  error: GraphError,
  settings: GraphSettings,
  trace: Trace,
  inner: JsonObject = {},
): Answer => {
  const answer = jsonAnswer(error.status, {
    error: {
      code: spellCode(error.code, settings.errorCodeCase),
      message: error.message,
      [settings.innerErrorKey]: { ...inner, ...innerOf(trace) },
    },
  });
  return { ...answer, headers: { ...answer.headers, ...error.headers } };
};

/** The answer that a thrown error stands for; anything but a GraphError is a defect of the simulator and goes on. */
export const answerOfThrown = (error: unknown, settings: GraphSettings, trace: Trace): Answer => {
  if (error instanceof GraphError) {
    return errorAnswer(error, settings, trace);
  }
  throw error;
};

/** Headers that every answer of Graph carries. */
export const withTrace = (answer: Answer, trace: Trace): Answer => ({
  ...answer,
  headers: {
    'Cache-Control': 'no-cache',
    ...(answer.body === null ? {} : { 'OData-Version': '4.0' }),
    'request-id': trace.requestId,
    ...(trace.clientRequestId === null ? {} : { 'client-request-id': trace.clientRequestId }),
    Date: new Date(trace.nowMs).toUTCString(),
    ...answer.headers,
  },
});

export const bodyText = (answer: Answer): string => {
  if (answer.body === null) {
    return '';
  }
  return typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
};
