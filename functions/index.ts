import './telemetry.js';
import { app } from '@azure/functions';
import { getApp, stopApp } from '../lib/app.js';
import './preview.js';
import './schedule.js';
import './cycle.js';
import './drift.js';
import './provisioningLogs.js';
import './synchronizationJobs.js';
import './synchronizationSecrets.js';
import './provisionOnDemand.js';
import './zoomConsent.js';
import './synchronizationSchema.js';
import './stagedRemovals.js';
import './health.js';

// A missing or malformed setting stops the start, with its name.
app.hook.appStart(async () => {
  await getApp();
});
app.hook.appTerminate(stopApp);
