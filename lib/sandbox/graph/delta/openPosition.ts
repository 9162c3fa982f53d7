import type { Call, Context } from '../context.js';
import { GraphError, malformedToken, syncStateNotFound } from '../errors.js';
import { type EndPosition, type PagePosition, positionSchema } from './position.js';
import type { DeltaResource, StreamQuery } from './query.js';

/** The initial URL with an empty token, as the Location of a 410 has it. */
export const initialLink = (origin: string, version: string, resource: DeltaResource): string =>
  `${origin}/${version}/${resource}/delta?$deltatoken=`;

export const goneError = (location: string | null): GraphError =>
  new GraphError(
    410,
    'resyncRequired',
    'Resync required. Replace any local items with the results of a new enumeration.',
    location === null ? {} : { Location: location },
  );

const otherGenerationError = (context: Context, call: Call, resource: DeltaResource): GraphError => {
  switch (context.settings.otherGeneration) {
    case 400:
      return malformedToken();
    case 404:
      return new GraphError(404, 'Request_ResourceNotFound', 'The token is not known.');
    case 410:
      return goneError(initialLink(call.origin, call.version, resource));
  }
};

/** Opens a token of this resource; throws 400, 404 or 410 where it is malformed, of another stream, or too old. */
export const openPosition = <Kind extends 'page' | 'end'>(
  context: Context,
  call: Call,
  resource: DeltaResource,
  token: string,
  wanted: Kind,
): { readonly position: Kind extends 'end' ? EndPosition : PagePosition; readonly query: StreamQuery } => {
  const { payload, issuedAtMs, generation } = context.sealer.open(token);
  const parsed = positionSchema.safeParse(payload);
  const query = parsed.success ? context.streams.find(parsed.data.query) : null;
  if (!parsed.success || query === null || query.resource !== resource || !isWanted(parsed.data, wanted)) {
    throw malformedToken();
  }
  if (generation !== context.sealer.generation) {
    throw otherGenerationError(context, call, resource);
  }
  const { deltaTokenLifetimeMs, skipTokenLifetimeMs } = context.settings;
  if (context.clock.nowMs() - issuedAtMs > (wanted === 'end' ? deltaTokenLifetimeMs : skipTokenLifetimeMs)) {
    throw syncStateNotFound();
  }
  return { position: parsed.data, query };
};

const isWanted = <Kind extends 'page' | 'end'>(
  position: PagePosition | EndPosition,
  wanted: Kind,
): position is Kind extends 'end' ? EndPosition : PagePosition => (position.kind === 'end') === (wanted === 'end');
