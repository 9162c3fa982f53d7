import { z } from 'zod';
import { answerEmpty, answerJson, type HttpAnswer, type HttpCall } from './httpInvoke.js';
import { measureMemory, reportMemorySetting } from './memoryReport.js';
import { readSetting, type Settings } from './settings.js';
import type { HostedFunction } from './triggers.js';

const inputShape = z.object({ input: z.unknown() }).partial();

export interface AdminParts {
  readonly functions: readonly HostedFunction[];
  readonly settings: Settings;
  /** Runs a timer or queue function in the background; never throws. */
  readonly runByHand: (hosted: HostedFunction, input: unknown) => void;
}

/**
 * Answers `/admin/…` to callers on this machine, and null for every other path. `POST /admin/functions/{name}` with
 * `{"input": …}` answers 202 and runs the function in the background, as the real host does.
 */
export function answerAdmin(call: HttpCall, isFromLoopback: boolean, parts: AdminParts): HttpAnswer | null {
  const segments = call.url.pathname.split('/').slice(1);
  if (segments[0]?.toLowerCase() !== 'admin') return null;
  if (!isFromLoopback) return answerEmpty(401);
  const [, area, name, ...rest] = segments;
  if (rest.length > 0) return answerEmpty(404);
  if (call.method === 'GET' && area === 'host' && name === 'status') return answerJson(200, { state: 'Running' });
  if (call.method === 'GET' && area === 'memory' && name === undefined) return answerMemory(parts.settings);
  if (call.method === 'POST' && area === 'functions' && name !== undefined) return startByHand(call, name, parts);
  return answerEmpty(404);
}

function answerMemory(settings: Settings): HttpAnswer {
  if (readSetting(settings, reportMemorySetting) !== '1') return answerEmpty(404);
  return answerJson(200, measureMemory());
}

function startByHand(call: HttpCall, name: string, { functions, runByHand }: AdminParts): HttpAnswer {
  const hosted = functions.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (hosted === undefined) return answerEmpty(404);
  if (hosted.trigger.type === 'httpTrigger') {
    return answerJson(400, { error: `${hosted.name} is an HTTP function: call its route.` });
  }
  const body = parseBody(call.body);
  if (body === null) return answerJson(400, { error: 'Expected a JSON body: {"input": "…"}.' });
  runByHand(hosted, body.input);
  return answerEmpty(202);
}

function parseBody(body: Uint8Array): z.infer<typeof inputShape> | null {
  try {
    return inputShape.parse(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    return null;
  }
}
