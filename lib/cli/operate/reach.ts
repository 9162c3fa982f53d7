import { CommandFailure, type CommandTools } from './tools.js';

/** Waits before a read is asked again: what follows a cycle for hours should outlast a line that drops. */
const waitsMs = [1_000, 4_000];
/** Nobody is there at all: asking again would only keep people waiting. */
const hopeless: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ERR_INVALID_URL']);

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * An answer, whatever its status. A GET whose connection breaks is asked again, up to three times in all. Throws
 * `CommandFailure` that says where to look; the signal's reason once it aborts.
 */
export const reach = async (
  url: URL,
  request: RequestInit & { readonly method: string },
  { send, clock, signal }: Pick<CommandTools, 'send' | 'clock' | 'signal'>,
): Promise<Answer> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(longestMs)]);
      const response = await send(url, { ...request, signal: limited });
      return { status: response.status, headers: response.headers, text: await response.text() };
    } catch (error) {
      if (signal.aborted) throw error;
      const code = codeOf(error);
      const waitMs = request.method === 'GET' && !hopeless.has(code) ? waitsMs[attempt] : undefined;
      if (waitMs === undefined) throw new CommandFailure(`${describe(error, url, code)} ${whereToLook}`);
      await clock.sleep(waitMs, signal);
    }
  }
};

/** Longer than the 230 seconds after which the platform gives an answer up. */
const longestMs = 240_000;
const whereToLook =
  'Give the app’s address with --url or SYNC_URL; "npm start" and "npm run host" print that of a local one.';

const codeOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
};

const describe = (error: unknown, url: URL, code: string): string => {
  if (error instanceof Error && error.name === 'TimeoutError') return `${url.origin} has not answered in four minutes.`;
  return `Nobody answers at ${url.origin}${code === '' ? '' : ` (${code})`}.`;
};
