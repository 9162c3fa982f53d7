import type { EnvironmentReader } from './environment.js';
import { type Parse, parseText } from './parsers.js';

/** Where telemetry goes; both null: nowhere, and nothing of it is loaded. */
export interface TelemetrySettings {
  readonly azureMonitor: {
    readonly connectionString: string;
    /** How this app proves who it is; null: by the connection string alone. */
    readonly identity: { readonly clientId: string | null } | null;
  } | null;
  /** The rest of OpenTelemetry's variables is read by its exporters. */
  readonly otlp: { readonly endpoint: string } | null;
  /** The service's name in traces and maps. */
  readonly serviceName: string;
  readonly instanceId: string | null;
}

export const readTelemetry = (env: EnvironmentReader): TelemetrySettings => {
  const connectionString = env.readOptional('APPLICATIONINSIGHTS_CONNECTION_STRING', parseConnectionString);
  const identity = env.readOptional('APPLICATIONINSIGHTS_AUTHENTICATION_STRING', parseIdentity);
  const endpoint = env.readOptional('OTEL_EXPORTER_OTLP_ENDPOINT', parseCollector);
  return {
    azureMonitor: connectionString === null ? null : { connectionString, identity },
    otlp: endpoint === null ? null : { endpoint },
    serviceName:
      env.readOptional('OTEL_SERVICE_NAME', parseText) ??
      env.readOptional('WEBSITE_SITE_NAME', parseText) ??
      'entra-zoom-sync',
    instanceId: env.readOptional('WEBSITE_INSTANCE_ID', parseText),
  };
};

/** `Key=value` pairs between semicolons, keys in lower case. */
const readPairs = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .split(';')
      .filter((pair) => pair.includes('='))
      .map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at).trim().toLowerCase(), pair.slice(at + 1).trim()];
      }),
  );

const isAddress = (text: string | undefined): boolean => {
  return text === undefined || URL.parse(text)?.protocol === 'https:';
};

const parseConnectionString: Parse<string> = (text) => {
  const pairs = readPairs(text);
  const key = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  return key.test(pairs.get('instrumentationkey') ?? '') && isAddress(pairs.get('ingestionendpoint'))
    ? { kind: 'value', value: text }
    : {
        kind: 'expected',
        expected: 'a connection string of Application Insights, as in InstrumentationKey=…;IngestionEndpoint=https://…',
      };
};

const parseIdentity: Parse<{ readonly clientId: string | null }> = (text) => {
  const pairs = readPairs(text);
  return pairs.get('authorization') === 'AAD'
    ? { kind: 'value', value: { clientId: pairs.get('clientid') ?? null } }
    : { kind: 'expected', expected: 'Authorization=AAD, with ClientId=… where the identity is user-assigned' };
};

/** A collector may stand beside the app, so plain http is its owner's choice. */
const parseCollector: Parse<string> = (text) => {
  const { protocol } = URL.parse(text) ?? {};
  return protocol === 'https:' || protocol === 'http:'
    ? { kind: 'value', value: text }
    : { kind: 'expected', expected: 'the http or https address of an OpenTelemetry collector' };
};
