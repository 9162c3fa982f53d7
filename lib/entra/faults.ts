import type { Fault, RequestTrace } from '../engine/model.js';

type Entry = Pick<Fault, 'message' | 'recommendedAction' | 'whose' | 'retry'>;

const grantPermissions =
  'Grant the application User.Read.All, GroupMember.Read.All and Application.Read.All (application permissions, with admin consent). A managed identity can take up to a day to see a new grant.';
const waitForGraph =
  'Nothing to do now: the next cycle asks again. If it lasts, look at the service health of Microsoft Graph and give its support the request id.';
const tellUs =
  'If a mapping reads a directory extension (extension_…), check that it exists in the tenant. Otherwise report this with the request id: a request of this program was wrong, or Microsoft Graph changed.';

/** Every way in which reading the directory can fail. Callers branch on the key, which is the fault's code. */
const taxonomy = {
  InsufficientGraphPermissions: {
    message: 'Microsoft Graph refused the request: a permission is missing or was withdrawn.',
    recommendedAction: grantPermissions,
    whose: 'job',
    retry: 'nextCycle',
  },
  ServicePrincipalNotFound: {
    message: 'The enterprise application that defines the scope does not exist in the tenant.',
    recommendedAction:
      'Check ENTRA_SERVICE_PRINCIPAL_ID (the object id of the enterprise application, not its application id), or restore the application.',
    whose: 'job',
    retry: 'nextCycle',
  },
  GraphTokenUnavailable: {
    message: 'No access token for Microsoft Graph could be obtained.',
    recommendedAction:
      'Check that the function app has a managed identity, and AZURE_CLIENT_ID where it is a user-assigned one.',
    whose: 'job',
    retry: 'nextCycle',
  },
  GraphTokenEndpointDown: {
    message: 'The service that issues access tokens did not answer.',
    recommendedAction: 'Nothing to do now: the next cycle asks again.',
    whose: 'source',
    retry: 'nextCycle',
  },
  GraphTokenRejected: {
    message: 'Microsoft Graph rejected the access token, and a new one too.',
    recommendedAction:
      'Check that the identity belongs to the tenant, that it is enabled, and that GRAPH_ENDPOINT is of the same cloud.',
    whose: 'job',
    retry: 'nextCycle',
  },
  TenantNotSupported: {
    message: 'Microsoft Graph does not track changes in this tenant (external and B2C tenants are not supported).',
    recommendedAction: 'Use a workforce tenant, or check ENTRA_TENANT_ID.',
    whose: 'job',
    retry: 'nextCycle',
  },
  UnknownSourceAttribute: {
    message: 'A mapping or filter reads a source attribute that Microsoft Graph does not have.',
    recommendedAction: 'Correct the attribute’s name in the schema.',
    whose: 'job',
    retry: 'nextCycle',
  },
  SourceThrottled: {
    message: 'Microsoft Graph asked us to wait for longer than one request may.',
    recommendedAction:
      'Nothing to do: work goes on when the time has come. If it happens often, look for other applications that read the same tenant.',
    whose: 'source',
    retry: 'nextCycle',
  },
  SourceUnavailable: {
    message: 'Microsoft Graph is unwell.',
    recommendedAction: waitForGraph,
    whose: 'source',
    retry: 'nextCycle',
  },
  SourceUnreachable: {
    message: 'The connection to Microsoft Graph failed.',
    recommendedAction: 'Check that the function app can reach GRAPH_ENDPOINT (network, DNS, firewall, proxy).',
    whose: 'source',
    retry: 'nextCycle',
  },
  SourceTimeout: {
    message: 'Microsoft Graph did not answer in time.',
    recommendedAction: waitForGraph,
    whose: 'source',
    retry: 'nextCycle',
  },
  SourceUnreadable: {
    message: 'The answer of Microsoft Graph could not be read.',
    recommendedAction:
      'Check whether a proxy stands between the function app and Microsoft Graph. If not, report this with the request id.',
    whose: 'source',
    retry: 'nextCycle',
  },
  SourceRedirected: {
    message: 'The answer was a redirect, which is not followed: an access token would go with it.',
    recommendedAction: 'Check GRAPH_ENDPOINT, and whether a proxy stands in between.',
    whose: 'source',
    retry: 'nextCycle',
  },
  ForeignLink: {
    message: 'A link to go on with leads to another host. It was not followed and no access token was sent.',
    recommendedAction:
      'If GRAPH_ENDPOINT was changed, restart the job so that it reads anew. If not, somebody may be tampering with the answers: look into the network path.',
    whose: 'source',
    retry: 'nextCycle',
  },
  DeltaLoop: {
    message: 'A change stream led back to the page just read, so its round would never end.',
    recommendedAction:
      'If it repeats in the next cycles, restart the job so that it reads anew, and give the request id to Microsoft’s support.',
    whose: 'source',
    retry: 'nextCycle',
  },
  ListLoop: {
    message: 'A list led back to the page just read, so it would never end.',
    recommendedAction: waitForGraph,
    whose: 'source',
    retry: 'nextCycle',
  },
  ListLinkExpired: {
    message: 'Microsoft Graph no longer knows the next page of a list.',
    recommendedAction: 'Nothing to do: the list is read anew.',
    whose: 'source',
    retry: 'nextCycle',
  },
  SourceQueryRejected: {
    message: 'Microsoft Graph rejected the query.',
    recommendedAction: tellUs,
    whose: 'us',
    retry: 'nextCycle',
  },
  SourceObjectUnreadable: {
    message: 'A directory object has a field of an unexpected form.',
    recommendedAction: 'Look at the named field of this object in Microsoft Entra; report it if it looks right there.',
    whose: 'object',
    retry: 'nextCycle',
  },
} satisfies Record<string, Entry>;

export type SourceFaultCode = keyof typeof taxonomy;

export interface FaultDetail {
  /** What exactly, as a sentence: a field's name, Graph's own error code. Never a value. */
  readonly detail?: string;
  readonly request?: RequestTrace;
  /** Not before this ISO instant. */
  readonly retryAt?: string;
}

export const describeFault = (code: SourceFaultCode, { detail, request, retryAt }: FaultDetail = {}): Fault => {
  const entry = taxonomy[code];
  return {
    code,
    message: detail === undefined ? entry.message : `${entry.message} ${detail}`,
    recommendedAction: entry.recommendedAction,
    whose: entry.whose,
    retry: retryAt === undefined ? entry.retry : 'at',
    ...(retryAt === undefined ? {} : { retryAt }),
    ...(request === undefined ? {} : { request }),
  };
};
