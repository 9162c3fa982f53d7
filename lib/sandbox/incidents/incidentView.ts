import { z } from 'zod';

const error = z.object({ code: z.string(), message: z.string() }).nullable();

const jobShape = z.object({
  status: z.object({
    code: z.string(),
    quarantine: z.object({ reason: z.string(), nextAttempt: z.string(), error }).nullable(),
    lastExecution: z.object({ error }).nullable(),
  }),
});
const stagedShape = z.object({ id: z.string(), trigger: z.string(), removal: z.string(), state: z.string() });
const escrowShape = z.object({ id: z.string(), code: z.string(), attempts: z.number() });
const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ value: z.array(row), '@odata.nextLink': z.string().optional() });

/** What the API shows of a job in trouble. */
export interface IncidentView {
  readonly code: string;
  readonly quarantine: z.infer<typeof jobShape>['status']['quarantine'];
  readonly nextAttempt: string | null;
  readonly lastError: z.infer<typeof error>;
  readonly staged: readonly z.infer<typeof stagedShape>[];
  readonly escrows: readonly z.infer<typeof escrowShape>[];
}

/** Reads it as any client would. */
export const createIncidentView = (jobUrl: string, token: string, send: typeof fetch = fetch) => {
  const get = async (url: string, signal: AbortSignal): Promise<unknown> => {
    const response = await send(url, { headers: { authorization: `Bearer ${token}` }, signal });
    if (response.status !== 200) throw new Error(`GET ${url} answered ${response.status}.`);
    return response.json();
  };
  const list = async <Row extends z.ZodType>(path: string, row: Row, signal: AbortSignal): Promise<z.infer<Row>[]> => {
    const rows: z.infer<Row>[] = [];
    let url: string | undefined = `${jobUrl}/${path}`;
    while (url !== undefined) {
      const page: z.infer<ReturnType<typeof pageOf<Row>>> = pageOf(row).parse(await get(url, signal));
      rows.push(...page.value);
      url = page['@odata.nextLink'];
    }
    return rows;
  };
  return {
    async read(signal: AbortSignal): Promise<IncidentView> {
      const { status } = jobShape.parse(await get(jobUrl, signal));
      return {
        code: status.code,
        quarantine: status.quarantine,
        nextAttempt: status.quarantine?.nextAttempt ?? null,
        lastError: status.lastExecution?.error ?? null,
        staged: await list('stagedRemovals', stagedShape, signal),
        escrows: await list('escrows', escrowShape, signal),
      };
    },
  };
};
