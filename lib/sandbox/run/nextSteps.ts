import type { Sandbox } from './sandbox.js';

/** Where to look and what to try while everything is up. */
export const describeNextSteps = ({ host, jobUrl, simulators }: Sandbox): string => {
  const { urls, apiTokens } = simulators;
  return `
Everything stays up, and the job runs again by its schedule. To look further:

  curl ${host.url}/api/health
  TOKEN=${apiTokens['Provisioning.Operate']}
  curl -H "Authorization: Bearer $TOKEN" ${jobUrl}
  curl -H "Authorization: Bearer $TOKEN" -X POST ${jobUrl}/run

  Graph stands at ${urls.graph}, Zoom at ${urls.zoom}, the token issuer at ${urls.issuer}.
  "npm run simulators" starts these three alone, "npm run host" the host alone over settings of your own.

Ctrl+C ends it.
`;
};

/** The same where nothing is up any more. */
export const describeAfterExit = (): string =>
  'Without --exit everything stays up, with its URLs and a token to try the API with. "npm run simulators" and\n"npm run host" start the parts alone.';
