import { parseArgs } from 'node:util';
import { seedSmallTenant } from './seedSmallTenant.js';
import { type RunningSimulators, startSimulators } from './startSimulators.js';

const help = `Starts stand-ins for Microsoft Graph, Zoom and the token issuer on 127.0.0.1, and stays up until Ctrl+C.

  npm run simulators -- [--graph-port N] [--zoom-port N] [--issuer-port N] [--users N] [--groups N] [--seed S]
                        [--redirect-uri URL]

  --graph-port, --zoom-port, --issuer-port   where they listen; 0, the default, is a free port
  --users N       how many users the tenant has; default 0
  --groups N      over how many assigned groups they are spread; default 0: each user is assigned
  --redirect-uri URL   of the Zoom app, for ZOOM_AUTH=authorizationCode; may be given several times;
                  default http://127.0.0.1:7071/api/zoom/callback and the same of localhost
  --seed S        of every id and every draw; default 1
  --journal MODE  full (default) keeps every request for /_sim and /__sim, counts only their number

The first line of the output is one JSON object: the URLs, the app's settings by name (GRAPH_ENDPOINT, GRAPH_TOKEN,
ZOOM_SCIM_ENDPOINT, API_ISSUER, …), under "redirectUris" where Zoom sends a consenting administrator back to, and under
"apiTokens" a token of the HTTP API for each role. They work with ZOOM_AUTH=serverToServer as with authorizationCode.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'graph-port': { type: 'string', default: '0' },
      'zoom-port': { type: 'string', default: '0' },
      'issuer-port': { type: 'string', default: '0' },
      users: { type: 'string', default: '0' },
      groups: { type: 'string', default: '0' },
      'redirect-uri': { type: 'string', multiple: true },
      seed: { type: 'string', default: '1' },
      journal: { type: 'string', default: 'full' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const { journal } = values;
  if (journal !== 'full' && journal !== 'counts')
    throw new Error(`--journal: expected full or counts, found "${journal}".`);
  const redirectUris = values['redirect-uri']?.map(checkUrl);
  const simulators = await startSimulators({
    ...(redirectUris === undefined ? {} : { redirectUris }),
    graphPort: readNumber('graph-port', values['graph-port'], 65_535),
    zoomPort: readNumber('zoom-port', values['zoom-port'], 65_535),
    issuerPort: readNumber('issuer-port', values['issuer-port'], 65_535),
    seed: readNumber('seed', values.seed, 2 ** 31),
    journal,
    seedTenant: seedSmallTenant({
      users: readNumber('users', values.users, 2_000_000),
      groups: readNumber('groups', values.groups, 100_000),
    }),
  });
  process.stdout.write(`${JSON.stringify(describe(simulators))}\n`);
  const stop = () => {
    simulators.close().then(() => process.exit(0), fail);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

const describe = ({
  urls,
  tenantId,
  servicePrincipalId,
  redirectUris,
  settings,
  apiTokens,
}: RunningSimulators): object => ({
  urls,
  tenantId,
  servicePrincipalId,
  ...settings,
  redirectUris,
  apiTokens,
});

function checkUrl(text: string): string {
  if (URL.canParse(text)) return text;
  throw new Error(`--redirect-uri: expected a URL, found "${text}".`);
}

function readNumber(option: string, text: string, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value <= max) return value;
  throw new Error(`--${option}: expected a whole number from 0 to ${max}, found "${text}".`);
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
