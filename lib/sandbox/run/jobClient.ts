import { z } from 'zod';

/** What of the job's status the sandbox reads. */
export interface JobStatus {
  /** The id of the cycle that ended last; null before the first has. */
  readonly lastCycleId: string | null;
  readonly quarantineReason: string | null;
}

/** The job's routes, called as any client would. */
export interface JobClient {
  /** Asks for an incremental cycle now; answers the id of the one that will run, or of the one that runs already. */
  requestCycle(signal: AbortSignal): Promise<string>;
  readStatus(signal: AbortSignal): Promise<JobStatus>;
}

const jobShape = z.object({
  status: z.object({
    lastExecution: z.object({ activityIdentifier: z.string() }).nullable(),
    quarantine: z.object({ reason: z.string() }).nullable(),
  }),
});
const acceptedShape = z.object({ id: z.string() });
const refusedShape = z.object({
  error: z.object({ code: z.string(), message: z.string(), target: z.string().nullish() }),
});

export const createJobClient = (jobUrl: string, token: string, send: typeof fetch = fetch): JobClient => {
  const authorization = `Bearer ${token}`;
  const fail = async (what: string, response: Response): Promise<never> => {
    throw new Error(`${what} answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
  };
  return {
    requestCycle: async (signal) => {
      const response = await send(`${jobUrl}/run`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ kind: 'incremental' }),
        signal,
      });
      if (response.status === 202) return acceptedShape.parse(await response.json()).id;
      if (response.status !== 409) return fail(`POST ${jobUrl}/run`, response);
      const { error } = refusedShape.parse(await response.json());
      if (error.code === 'CycleRunning' && error.target) return error.target;
      throw new Error(`The job refused to run: ${error.code}, ${error.message}`);
    },
    readStatus: async (signal) => {
      const response = await send(jobUrl, { headers: { authorization }, signal });
      if (response.status !== 200) return fail(`GET ${jobUrl}`, response);
      const { status } = jobShape.parse(await response.json());
      return {
        lastCycleId: status.lastExecution?.activityIdentifier ?? null,
        quarantineReason: status.quarantine?.reason ?? null,
      };
    },
  };
};
