import type { CompiledMapping } from '../mapping/compiled.js';
import { domainOf } from './mailDomain.js';
import type { Fault, JsonValue, Match, Values } from './model.js';
import type { FindResult, Target } from './ports.js';
import type { TargetStore } from './state.js';
import type { Intent, Link } from './stored.js';
import type { DomainBook } from './task.js';

/** Where accounts are looked up: the target, or what an initial listing wrote down. */
export interface MatchSources {
  readonly target: Target;
  readonly mapping: CompiledMapping;
  /** Present while an initial listing lasts: a name it does not have needs no request. */
  readonly names: Pick<TargetStore, 'findNames'> | null;
  readonly domains: Pick<DomainBook, 'has'>;
}

const fromFind = (result: FindResult): Match => {
  switch (result.kind) {
    case 'one':
      return { kind: 'found', account: result.account };
    case 'none':
    case 'pendingOrForeign':
    case 'several':
    case 'fault':
      return result;
  }
};

/** The target has no filter for this attribute: nothing was asked. */
export const isUnfilterable = (fault: Fault): boolean =>
  fault.code === 'FilterNotSupported' && fault.request === undefined;

/** Searches are for texts; an empty one is no value to look for. */
const toSearchText = (value: JsonValue | undefined): string | null =>
  value === undefined || value === null || value === '' || typeof value === 'object' ? null : String(value);

/**
 * Which account is this object's: by link, else by the matching attributes in the order of their priority; the first
 * that yields a hit ends the search. An answer that is no hit and no "none" ends it too. An attribute that the target
 * cannot search by is passed over, unless there is no other.
 */
export const matchUser = async (
  link: Link | null,
  values: Values,
  sources: MatchSources,
  signal: AbortSignal,
): Promise<Match> => {
  if (link?.invited) return matchInvited(link, sources, signal);
  if (link && link.state !== 'detached') return { kind: 'linked', targetId: link.targetId, account: null };
  const { matching } = sources.mapping;
  const searches = matching.flatMap(({ path }) => {
    const text = toSearchText(values[path]);
    return text === null ? [] : [{ path, text }];
  });
  let unasked: Fault | null = null;
  let none: Match | null = null;
  for (const { path, text } of searches) {
    const match = await matchByAttribute(path, text, sources, signal);
    if (match.kind === 'none') none = match;
    else if (match.kind === 'fault' && isUnfilterable(match.fault)) unasked = match.fault;
    else return match;
  }
  if (none !== null || unasked === null) return none ?? { kind: 'none' };
  // With a value for every matching attribute it is the schema that cannot be asked, and no object's fault.
  return { kind: 'fault', fault: searches.length === matching.length ? unasked : { ...unasked, whose: 'object' } };
};

/** Accepted or not: only a read by id tells, and "not belonging" is what an open invitation answers. */
const matchInvited = async (link: Link, sources: MatchSources, signal: AbortSignal): Promise<Match> => {
  const read = await sources.target.readUser(link.targetId, signal);
  switch (read.kind) {
    case 'found':
      return { kind: 'linked', targetId: link.targetId, account: read.account };
    case 'notBelonging':
      return { kind: 'invited' };
    case 'gone':
      return { kind: 'vanished', targetId: link.targetId };
    case 'fault':
      return read;
  }
};

const matchByAttribute = async (
  path: string,
  value: string,
  sources: MatchSources,
  signal: AbortSignal,
): Promise<Match> => {
  if (path === 'userName' && sources.names) {
    const listed = (await sources.names.findNames([value])).get(value.toLowerCase()) ?? [];
    const [only] = listed;
    // A listing shows no open invitation: where one is to be expected it is asked for.
    if (only === undefined && sources.domains.has(domainOf(value))) return { kind: 'none', assumed: true };
    if (only === undefined) return fromFind(await sources.target.findUser(path, value, signal));
    if (listed.length > 1) return { kind: 'several', targetIds: listed };
    const read = await sources.target.readUser(only, signal);
    if (read.kind === 'found') return { kind: 'found', account: read.account };
    if (read.kind === 'fault') return read;
  }
  return fromFind(await sources.target.findUser(path, value, signal));
};

/**
 * After an attempt whose outcome is not known: looks by the id or the userName that was sent, before anything else.
 * `none` proves nothing for a create that may still become visible; the caller asks again with the next attempt.
 */
export const findOutcome = async (intent: Intent, target: Target, signal: AbortSignal): Promise<Match> => {
  if (intent.targetId !== null) {
    const read = await target.readUser(intent.targetId, signal);
    switch (read.kind) {
      case 'found':
        return { kind: 'found', account: read.account };
      case 'gone':
      case 'notBelonging':
        return { kind: 'vanished', targetId: intent.targetId };
      case 'fault':
        return read;
    }
  }
  if (intent.userName === null) return { kind: 'none' };
  return fromFind(await target.findUser('userName', intent.userName, signal));
};

/** The same for an intent that was left behind: a name that was only assumed to be free may be a stranger's. */
export const findLeftBehind = async (intent: Intent, target: Target, signal: AbortSignal): Promise<Match> => {
  const match = await findOutcome(intent, target, signal);
  return match.kind === 'pendingOrForeign' && intent.assumedFree ? { kind: 'none' } : match;
};
