import { app } from '@azure/functions';
import { revokeConsent, startConsent } from '../lib/api/consent.js';
import { beginAuthorisation, finishAuthorisation } from '../lib/api/consentCallback.js';
import { openPage } from '../lib/openPage.js';
import { graphDoor } from './graphDoor.js';

const route = 'servicePrincipals/{sp}/synchronization/jobs/{job}/zoomConsent';
const role = 'Provisioning.Configure';
const untilAnswered = (): AbortSignal => new AbortController().signal;

graphDoor('startZoomConsent', 'POST', route, role, ({ world, zoomCredential }, request, caller) =>
  startConsent(world, zoomCredential.consent, request, caller),
);
graphDoor('revokeZoomConsent', 'DELETE', route, role, ({ world, zoomCredential }, request, caller) =>
  revokeConsent(world, zoomCredential.consent, request, caller, untilAnswered()),
);

// For browsers: the ticket, and then the state, stand in for a token.
app.http('zoomAuthorize', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'zoom/authorize',
  handler: openPage(({ world, zoomCredential }, query) => beginAuthorisation(world, zoomCredential.consent, query)),
});
app.http('zoomCallback', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'zoom/callback',
  handler: openPage(({ world, zoomCredential }, query) =>
    finishAuthorisation(world, zoomCredential.consent, query, untilAnswered()),
  ),
});
