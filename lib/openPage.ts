import { randomUUID } from 'node:crypto';
import type { ApiAnswer } from './api/apiRequest.js';
import { answerPage } from './api/consentPage.js';
import { type App, getApp } from './app.js';
import { type DoorAnswer, type DoorRequest, toDoorAnswer } from './openDoor.js';

/** A door for a browser, without authorisation: `handle` must ask for a ticket. What was not foreseen is a page too. */
export const openPage =
  (handle: (app: App, query: URLSearchParams) => Promise<ApiAnswer>) =>
  async (request: Pick<DoorRequest, 'query'>): Promise<DoorAnswer> => {
    const app = await getApp();
    try {
      return toDoorAnswer(await handle(app, request.query));
    } catch (error) {
      const requestId = randomUUID();
      const code = error instanceof Error ? error.name : 'unknown';
      app.world.telemetry.event('error', 'PageFailed', { jobId: app.world.jobId, requestId, code });
      return toDoorAnswer(
        answerPage(500, {
          title: 'Something went wrong',
          text: `The log knows more under ${requestId}. The job’s status shows whether the app is authorised.`,
        }),
      );
    }
  };
