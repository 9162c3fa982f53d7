import { systemClock } from '../clock.js';
import { listenGraphSimulator } from './graph/listen.js';
import type { GraphSimulator } from './graph/model.js';
import { servicePageSizes } from './graph/settings.js';
import { createGraphSimulator } from './graph/simulator.js';
import { listenTokenIssuer } from './issuer/listenTokenIssuer.js';
import { createSeededIds } from './issuer/seededIds.js';
import { createTokenIssuer, type TokenIssuer } from './issuer/tokenIssuer.js';
import { listenZoomSimulator } from './zoom/server.js';
import { createZoomSimulator, type ZoomSimulator } from './zoom/simulator.js';

export const apiAudience = 'api://entra-zoom-sync';
export const apiRoles = ['Provisioning.Read', 'Provisioning.Operate', 'Provisioning.Configure'] as const;
export type ApiRole = (typeof apiRoles)[number];

/** The e-mail domain that the simulated Zoom account manages. */
export const managedDomain = 'contoso.example';

/** The app roles of the Zoom gallery application, as Entra still shows them. */
const appRoleNames = ['Basic', 'Corp', 'Licensed', 'On Prem', 'Pro'] as const;
export type AppRoleName = (typeof appRoleNames)[number];

/** The application permissions that the service asks for in Microsoft Graph. */
const graphRoles = ['User.Read.All', 'GroupMember.Read.All', 'Application.Read.All', 'Mail.Send'];
/** `npm run host` as it listens by default. */
const localRedirectUris = ['127.0.0.1', 'localhost'].map((name) => `http://${name}:7071/api/zoom/callback`);
const apiTokenSeconds = 7 * 86_400;

/** What a seeding puts people into. */
export interface SeedWorld {
  readonly graph: GraphSimulator;
  readonly zoom: ZoomSimulator;
  readonly servicePrincipalId: string;
  /** Ids of the application's roles by name. */
  readonly appRoleIds: Readonly<Record<AppRoleName, string>>;
}

export interface SimulatorsOptions {
  /** 0, the default, is a free one. */
  readonly graphPort?: number;
  readonly zoomPort?: number;
  readonly issuerPort?: number;
  /** Redirect URIs of the Zoom app's authorization-code grant; the local host's by default. */
  readonly redirectUris?: readonly string[];
  /** Of every id and every draw; 1 by default. */
  readonly seed?: number;
  /** `counts` keeps memory flat over long runs; `full` by default. */
  readonly journal?: 'full' | 'counts';
  /** Fills the tenant, and Zoom where accounts stood there before; nobody by default. */
  readonly seedTenant?: (world: SeedWorld) => void;
}

export interface RunningSimulators extends SeedWorld {
  readonly issuer: TokenIssuer;
  readonly urls: { readonly graph: string; readonly zoom: string; readonly issuer: string };
  readonly tenantId: string;
  /** Where Zoom's authorize page sends a browser back to, and nowhere else. */
  readonly redirectUris: readonly string[];
  /** The app's settings by name, so that it works against these simulators. */
  readonly settings: Readonly<Record<string, string>>;
  /** A token of the HTTP API with this one role, good for a week. */
  readonly apiTokens: Readonly<Record<ApiRole, string>>;
  close(): Promise<void>;
}

/** Starts Graph, Zoom and the token issuer on loopback and real time, with the Zoom application in the tenant. */
export async function startSimulators(options: SimulatorsOptions = {}): Promise<RunningSimulators> {
  const { seed = 1, journal = 'full' } = options;
  const ids = createSeededIds(seed);
  const tenantId = ids.guid();
  const graphToken = `graph-${ids.hex()}`;
  const { redirectUris = localRedirectUris } = options;
  const credentials = { accountId: ids.hex(), clientId: ids.hex(), clientSecret: ids.hex(), redirectUris };

  const graph = createGraphSimulator({
    seed,
    journal,
    clock: 'real',
    settings: servicePageSizes,
    tokens: { [graphToken]: graphRoles },
  });
  const zoom = createZoomSimulator({
    seed,
    journal,
    clock: 'real',
    credentials,
    settings: { associatedDomains: [managedDomain] },
  });
  const issuer = createTokenIssuer({ seed, clock: systemClock, tenants: [tenantId] });
  const appRoleIds = drawRoleIds(() => ids.guid());
  const servicePrincipalId = graph.dir.createServicePrincipal({ id: ids.guid(), displayName: 'Zoom' });
  graph.dir.defineAppRoles(
    servicePrincipalId,
    appRoleNames.map((name) => ({ id: appRoleIds[name], displayName: name, value: name })),
  );
  const world: SeedWorld = { graph, zoom, servicePrincipalId, appRoleIds };
  options.seedTenant?.(world);

  const listeners = await listenAll([
    () => listenGraphSimulator(graph, { port: options.graphPort ?? 0 }),
    () => listenZoomSimulator(zoom, { port: options.zoomPort ?? 0 }),
    () => listenTokenIssuer(issuer, { port: options.issuerPort ?? 0 }),
  ]);
  const [graphUrl = '', zoomUrl = '', issuerUrl = ''] = listeners.map((listener) => listener.url);
  zoom.settings.origin = zoomUrl;
  zoom.settings.apiUrl = zoomUrl;

  return {
    ...world,
    issuer,
    urls: { graph: graphUrl, zoom: zoomUrl, issuer: issuerUrl },
    tenantId,
    redirectUris,
    settings: {
      ENTRA_TENANT_ID: tenantId,
      ENTRA_SERVICE_PRINCIPAL_ID: servicePrincipalId,
      GRAPH_ENDPOINT: graphUrl,
      GRAPH_TOKEN: graphToken,
      ZOOM_SCIM_ENDPOINT: `${zoomUrl}/scim2`,
      ZOOM_OAUTH_ENDPOINT: `${zoomUrl}/oauth`,
      ZOOM_AUTH: 'serverToServer',
      ZOOM_ACCOUNT_ID: credentials.accountId,
      ZOOM_CLIENT_ID: credentials.clientId,
      ZOOM_CLIENT_SECRET: credentials.clientSecret,
      API_AUDIENCE: apiAudience,
      API_ISSUER: issuer.issuerOf(tenantId),
    },
    apiTokens: await mintApiTokens(issuer, tenantId),
    async close() {
      await Promise.all(listeners.map((listener) => listener.close()));
    },
  };
}

function drawRoleIds(drawId: () => string): Readonly<Record<AppRoleName, string>> {
  return { Basic: drawId(), Corp: drawId(), Licensed: drawId(), 'On Prem': drawId(), Pro: drawId() };
}

interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** All or none: where one port is taken, those that listen already are closed again. */
async function listenAll(starts: readonly (() => Promise<Listening>)[]): Promise<readonly Listening[]> {
  const listening: Listening[] = [];
  try {
    for (const start of starts) listening.push(await start());
    return listening;
  } catch (error) {
    await Promise.all(listening.map((listener) => listener.close()));
    throw error;
  }
}

async function mintApiTokens(issuer: TokenIssuer, tenantId: string): Promise<Readonly<Record<ApiRole, string>>> {
  const mint = (role: ApiRole): Promise<string> =>
    issuer.mintToken({ audience: apiAudience, roles: [role], tenantId, expiresInSeconds: apiTokenSeconds });
  return {
    'Provisioning.Read': await mint('Provisioning.Read'),
    'Provisioning.Operate': await mint('Provisioning.Operate'),
    'Provisioning.Configure': await mint('Provisioning.Configure'),
  };
}
