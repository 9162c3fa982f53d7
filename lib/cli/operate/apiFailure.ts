import { z } from 'zod';
import { CommandFailure } from './tools.js';

const errorShape = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    target: z.string().nullish(),
    details: z.array(z.object({ code: z.string(), message: z.string(), target: z.string().nullish() })).default([]),
    innerError: z.object({ 'request-id': z.string().optional() }).nullish(),
  }),
});

/** An answer of the service that is an error. */
export class ApiFailure extends CommandFailure {
  override readonly name = 'ApiFailure';
  constructor(
    message: string,
    readonly status: number,
    readonly code: string | null,
    readonly target: string | null,
    /** The answer's body, where it is Graph's error body; for `--json`. */
    readonly body: unknown,
  ) {
    super(message);
  }
}

const advice: Readonly<Record<number, string>> = {
  401: `Get a token for this API and give it as SYNC_TOKEN, for instance
  export SYNC_TOKEN=$(az account get-access-token --resource api://APP_ID --query accessToken --output tsv)
where api://APP_ID is the app's API_AUDIENCE. "npm start" prints one for the sandbox.`,
  403: 'Have that app role of this API assigned to you or your application in Entra, then get a new token.',
  404: 'Check the address and the ids; "status" shows whether the job is found.',
  412: 'Get it again, make the change in that, and put it.',
  429: 'Try again later.',
  503: 'Try again later; "health" tells which dependency cannot be reached.',
};

/** What an answer with an error status says, with what to do about it. */
export const toApiFailure = (request: string, status: number, text: string): ApiFailure => {
  const body = parseJson(text);
  const parsed = errorShape.safeParse(body);
  if (!parsed.success) {
    const hint = advice[status] ?? 'Check that the address is that of the service.';
    return new ApiFailure(`${request} answered ${status}.\n${hint}`, status, null, null, null);
  }
  const { code, message, target, details, innerError } = parsed.data.error;
  const requestId = innerError?.['request-id'];
  const lines = [
    `${code} (${status}): ${message}`,
    ...details.map((detail) => `  ${detail.target ? `${detail.target}: ` : ''}${detail.message}`),
    ...(advice[status] === undefined ? [] : [advice[status]]),
    ...(requestId === undefined ? [] : [`request-id ${requestId}`]),
  ];
  return new ApiFailure(lines.join('\n'), status, code, target ?? null, body);
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};
