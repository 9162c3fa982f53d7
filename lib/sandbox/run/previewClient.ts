import { z } from 'zod';
import type { Clock } from '../../clock.js';

const operationShape = z.object({
  action: z.string(),
  sourceIdentity: z.object({ id: z.string(), displayName: z.string(), userPrincipalName: z.string().nullable() }),
  reason: z.string(),
  modifiedProperties: z
    .array(z.object({ displayName: z.string(), oldValue: z.string().nullable(), newValue: z.string().nullable() }))
    .readonly(),
});

const reportShape = z.object({
  state: z.enum(['running', 'completed', 'failed']),
  requestedDateTime: z.string(),
  completedDateTime: z.string().nullable(),
  counts: z.record(z.string(), z.number()).nullable(),
  skips: z.record(z.string(), z.number()).nullable(),
  requests: z.object({ graph: z.number(), zoom: z.number() }).nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  operations: z.array(operationShape),
  'operations@nextLink': z.string().optional(),
});

export type ShownOperation = z.infer<typeof operationShape>;
type Report = z.infer<typeof reportShape>;

/** A preview that has ended, with all that it would send or hold. */
export interface ShownPreview {
  readonly report: Report;
  readonly operations: readonly ShownOperation[];
}

const lookEveryMs = 200;

/** Asks for a preview of the next cycle over the API, as any client would, and reads its report to the end. */
export const readPreview = async (
  jobUrl: string,
  token: string,
  clock: Pick<Clock, 'sleep'>,
  signal: AbortSignal,
): Promise<ShownPreview> => {
  const url = `${jobUrl}/preview`;
  const headers = { authorization: `Bearer ${token}` };
  const read = async (link: string): Promise<Report> => {
    const response = await fetch(link, { headers, signal });
    if (response.status !== 200) throw new Error(`GET ${link} answered ${response.status}: ${await response.text()}`);
    return reportShape.parse(await response.json());
  };
  const asked = await fetch(url, { method: 'POST', headers, signal });
  if (asked.status !== 202) throw new Error(`POST ${url} answered ${asked.status}: ${await asked.text()}`);
  let report = await read(url);
  while (report.state === 'running') {
    await clock.sleep(lookEveryMs, signal);
    report = await read(url);
  }
  const operations = [...report.operations];
  for (let link = report['operations@nextLink']; link !== undefined; ) {
    const page = await read(link);
    operations.push(...page.operations);
    link = page['operations@nextLink'];
  }
  return { report, operations };
};
