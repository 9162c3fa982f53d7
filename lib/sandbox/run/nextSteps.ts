import type { Sandbox } from './sandbox.js';

/** Where to look and what to try while everything is up. */
export const describeNextSteps = ({ host, jobUrl, simulators }: Sandbox): string => {
  const { urls, apiTokens } = simulators;
  return `
Everything stays up, and the job runs again by its schedule. To look further:

  export SYNC_URL=${jobUrl}
  export SYNC_TOKEN=${apiTokens['Provisioning.Configure']}
  npm run -s cli -- status
  npm run -s cli -- logs --status failure
  npm run -s cli -- --help

  curl ${host.url}/api/health
  curl -H "Authorization: Bearer $SYNC_TOKEN" $SYNC_URL
  curl -H "Authorization: Bearer $SYNC_TOKEN" -X POST $SYNC_URL/run

  Graph stands at ${urls.graph}, Zoom at ${urls.zoom}, the token issuer at ${urls.issuer}.
  "npm run simulators" starts these three alone, "npm run host" the host alone over settings of your own.

Ctrl+C ends it.
`;
};

/** The same where nothing is up any more. */
export const describeAfterExit = (): string =>
  'Without --exit everything stays up, with its URLs and a token to try the API with. "npm run simulators" and\n"npm run host" start the parts alone.';
