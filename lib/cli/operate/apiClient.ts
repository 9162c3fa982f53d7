import { z } from 'zod';
import { toApiFailure } from './apiFailure.js';
import type { Connection } from './connection.js';
import { type Answer, reach } from './reach.js';
import { CommandFailure, type CommandTools, UsageError } from './tools.js';

export interface ApiRequest {
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON; a text goes as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** An error status whose answer is wanted all the same. */
  readonly accepts?: number;
}

/** The service's API. Every call throws `ApiFailure` for an error status, `CommandFailure` where nobody answers. */
export interface ApiClient {
  /** `path` below `/api`, without a slash at the front. */
  call(method: string, path: string, request?: ApiRequest): Promise<Answer>;
  /** The path of the job, or of something below it. Looks the job up once where the address does not name it. */
  jobPath(below?: string): Promise<string>;
}

/** An answer's body, as `shape` says. Throws `CommandFailure` where the service is another than expected. */
export const parseAnswer = <Shape extends z.ZodType>({ text }: Answer, shape: Shape): z.output<Shape> => {
  const parsed = shape.safeParse(readJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CommandFailure(
    `The answer is not that of this service (${issue?.path.join('.') || 'body'}: ${issue?.message}). Check the address and the version.`,
  );
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new CommandFailure('The answer is no JSON. Check that the address is that of the service.');
  }
};

const jobsShape = z.object({ value: z.array(z.object({ id: z.string() })) });

export const createApiClient = (connection: Connection, tools: CommandTools): ApiClient => {
  const call: ApiClient['call'] = async (method, path, { query = {}, body, headers = {}, accepts } = {}) => {
    const url = new URL(`${connection.root}/${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const answer = await reach(
      url,
      {
        method,
        // The token goes to the given address and nowhere else.
        redirect: 'manual',
        headers: {
          accept: 'application/json',
          // Calls are rare; a connection that lay idle may be gone when it is used again.
          connection: 'close',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(connection.token === null ? {} : { authorization: `Bearer ${connection.token}` }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      },
      tools,
    );
    const isGood = answer.status >= 200 && answer.status < 300;
    if (isGood || answer.status === accepts) return answer;
    throw toApiFailure(`${method} ${url.origin}${url.pathname}`, answer.status, answer.text);
  };
  let found: string | null = null;
  const findJob = async (): Promise<string> => {
    const { servicePrincipalId } = connection;
    if (servicePrincipalId === null) throw new UsageError(servicePrincipalMissing);
    const jobs = `servicePrincipals/${encodeURIComponent(servicePrincipalId)}/synchronization/jobs`;
    if (connection.jobId !== null) return `${jobs}/${encodeURIComponent(connection.jobId)}`;
    const [job] = parseAnswer(await call('GET', jobs), jobsShape).value;
    if (!job) throw new CommandFailure('The service has no job yet. Start it, and see that "health" is well.');
    return `${jobs}/${encodeURIComponent(job.id)}`;
  };
  return {
    call,
    jobPath: async (below = '') => {
      found ??= await findJob();
      return below === '' ? found : `${found}/${below}`;
    },
  };
};

const servicePrincipalMissing =
  'Which enterprise application? Give its object id with --service-principal or ENTRA_SERVICE_PRINCIPAL_ID, or the whole address of the job with --url or SYNC_URL.';
