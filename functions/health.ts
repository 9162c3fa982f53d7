import { app } from '@azure/functions';
import { answerHealth } from '../lib/api/health.js';
import { toDoorAnswer, tryGetApp } from '../lib/openDoor.js';

app.http('health', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'health',
  handler: async (_request, context) => toDoorAnswer(await answerHealth(await tryGetApp(context))),
});
