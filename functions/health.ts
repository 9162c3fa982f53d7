import { app } from '@azure/functions';
import { answerHealth } from '../lib/api/health.js';
import { getApp } from '../lib/app.js';
import { toDoorAnswer } from '../lib/openDoor.js';

app.http('health', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'health',
  handler: async () => toDoorAnswer(await answerHealth((await getApp()).world)),
});
