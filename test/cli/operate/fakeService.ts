/** One request as the fake service was asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

export interface Answered {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A service that answers as it is told, in order for each `METHOD /path?query`; the last answer stays. */
export const createFakeService = (
  answers: Readonly<Record<string, readonly (Answered | Error)[]>>,
): { readonly send: typeof fetch; readonly asked: Asked[] } => {
  const asked: Asked[] = [];
  const given = new Map<string, number>();
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const key = `${request.method} ${url.pathname}${url.search}`;
    asked.push({
      method: request.method,
      path: `${url.pathname}${url.search}`,
      headers: request.headers,
      body: await request.text(),
    });
    const list = answers[key];
    if (list === undefined) throw new Error(`Nobody expected ${key}.`);
    const at = Math.min(given.get(key) ?? 0, list.length - 1);
    given.set(key, at + 1);
    const answer = list[at];
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error(`${key} has no answer.`);
    const { status = 200, body, headers = {} } = answer;
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
  };
  return { send, asked };
};

export const jobAddress = 'https://app.example/api/servicePrincipals/sp/synchronization/jobs/job';
export const jobPath = new URL(jobAddress).pathname;
export const environment = { SYNC_URL: jobAddress, SYNC_TOKEN: 'secret-token' };

const execution = (activityIdentifier: string, state: string) => ({
  activityIdentifier,
  state,
  timeBegan: '2026-08-01T11:00:00Z',
  timeEnded: '2026-08-01T11:00:04Z',
  countExported: 3,
  countEscrowed: 1,
  error: null,
});

export interface JobScene {
  readonly last?: string | null;
  readonly lastState?: string;
  readonly state?: string;
  readonly progress?: readonly [done: number, total: number, secondsLeft: number];
  readonly quarantine?: object;
}

/** The job as the service answers it. */
export const jobAnswer = (scene: JobScene = {}): Answered => {
  const { last = null, lastState = 'Succeeded', state = 'Active', progress, quarantine = null } = scene;
  const units = progress && [
    { completedUnits: progress[0], totalUnits: progress[1], units: 'objects', progressObservationDateTime: '' },
    { completedUnits: 5, totalUnits: 5 + progress[2], units: 'seconds', progressObservationDateTime: '' },
  ];
  return {
    body: {
      id: 'job',
      schedule: { expiration: null, interval: 'PT40M', state },
      status: {
        code: quarantine ? 'Quarantine' : 'Active',
        lastExecution: last === null ? null : execution(last, lastState),
        lastSuccessfulExecutionWithExports: null,
        progress: units ?? [],
        quarantine,
        steadyStateFirstAchievedTime: '0001-01-01T00:00:00Z',
        synchronizedEntryCountByType: [{ key: 'User', value: 7 }],
      },
    },
  };
};
