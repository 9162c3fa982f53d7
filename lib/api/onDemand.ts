import { z } from 'zod';
import { FaultError } from '../engine/model.js';
import type { OnDemand } from '../engine/onDemand/createOnDemand.js';
import type { DemandCall, DemandEnd } from '../engine/onDemand/demand.js';
import type { DemandMessage } from '../engine/onDemand/demandRun.js';
import type { World } from '../engine/world.js';
import { ApiError, notFound } from './apiError.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import type { Caller } from './authorise.js';
import { checkJob } from './jobPath.js';
import { toKeyValue, toRun } from './onDemandAnswer.js';
import { type DemandSubjects, parseDemand, parseDryRun } from './onDemandBody.js';

export interface OnDemandParts {
  readonly world: Pick<World, 'jobId' | 'servicePrincipalId' | 'newId'>;
  readonly onDemand: OnDemand;
}

/** More people than so many are answered 202 and go on in the queue. */
const mostAtOnce = 20;
/** Below the 230 s in which the platform wants an answer, after a minute's wait for a turn. */
const limitMs = 150_000;

/**
 * `POST …/jobs/{job}/provisionOnDemand`: Graph's `{key, value}` for one user, or with a list in `value` for several.
 * 202 with a `Location` for more than twenty. 404 for somebody unknown, 400 `AmbiguousSubject`, 409 `ObjectBusy` after a
 * minute, 502 where the directory cannot be read. `?dryRun=true` sends, stores and logs nothing.
 */
export const provisionOnDemand = async (
  parts: OnDemandParts,
  request: ApiRequest,
  caller: Caller,
): Promise<ApiAnswer> => {
  const { world, onDemand } = parts;
  checkJob(world, request);
  const isDryRun = parseDryRun(request);
  const asked = await parseDemand(request);
  const call = { id: world.newId(), isDryRun, initiatedBy: initiatorOf(caller) };
  const people = await explainFaults(() => findPeople(asked, onDemand));
  if (people.names.length > mostAtOnce) return startRun(asked, people.names, call, parts);
  const ends = await explainFaults(() => onDemand.provision(people.names, call, limitMs));
  const [only] = ends;
  if (people.isOne && only && only.kind !== 'done') throw explainEnd(only);
  const context = `${graphMetadata}#microsoft.graph.stringKeyStringValuePair`;
  return { status: 200, headers: {}, body: toKeyValue(context, ends, people.isOne) };
};

const graphMetadata = 'https://graph.microsoft.com/v1.0/$metadata';

const initiatorOf = ({ objectId, applicationId, kind }: Caller): DemandCall['initiatedBy'] => ({
  id: objectId === '' ? (applicationId ?? '') : objectId,
  displayName: 'Provision on demand',
  initiatorType: kind ?? 'user',
});

/** Of a group, as many members as tell whether one answer can wait for them. */
const findPeople = async (
  asked: DemandSubjects,
  onDemand: OnDemand,
): Promise<{ readonly names: readonly string[]; readonly isOne: boolean }> => {
  if (asked.kind === 'people') return asked;
  const members = await onDemand.listMembers(asked.groupId, mostAtOnce);
  if (members === null) throw notFound(`The group ${asked.groupId}`);
  return { names: members, isOne: false };
};

const startRun = async (
  asked: DemandSubjects,
  names: readonly string[],
  call: DemandCall,
  { world, onDemand }: OnDemandParts,
): Promise<ApiAnswer> => {
  const subjects =
    asked.kind === 'group'
      ? { kind: 'members' as const, groupId: asked.groupId }
      : { kind: 'named' as const, subjects: names };
  const run = await onDemand.startRun(subjects, call);
  return { status: 202, headers: { Location: `${jobPath(world)}/provisionOnDemand/${run.id}` }, body: toRun(run) };
};

const jobPath = ({ servicePrincipalId, jobId }: OnDemandParts['world']): string =>
  `/api/servicePrincipals/${servicePrincipalId}/synchronization/jobs/${jobId}`;

/** `GET …/jobs/{job}/provisionOnDemand/{id}`: how far a call is that went on in the queue. */
export const getDemandRun = async ({ world, onDemand }: OnDemandParts, request: ApiRequest): Promise<ApiAnswer> => {
  checkJob(world, request);
  const id = request.params['id'] ?? '';
  const run = await onDemand.readRun(id);
  if (!run) throw notFound(`The on-demand call ${id}`);
  return { status: 200, headers: {}, body: toRun(run) };
};

/** What could not be read has said nothing about anybody: the call fails, with what to do about it. */
const explainFaults = async <Result>(run: () => Promise<Result>): Promise<Result> => {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { code, message, recommendedAction } = error.fault;
    throw new ApiError(code === 'Timeout' ? 504 : 502, code, `${message} ${recommendedAction}`);
  }
};

const subjectField = 'parameters[0].subjects[0].objectId';

const explainEnd = ({ kind }: Exclude<DemandEnd, { kind: 'done' }>): ApiError => {
  switch (kind) {
    case 'unknown':
      return new ApiError(
        404,
        'ResourceNotFound',
        'Nobody in the directory goes by this id, userPrincipalName or mail.',
        subjectField,
      );
    case 'ambiguous':
      return new ApiError(
        400,
        'AmbiguousSubject',
        'Several users go by this name; name the user by the object id.',
        subjectField,
      );
    case 'busy':
      return new ApiError(
        409,
        'ObjectBusy',
        'A cycle or another call has been at work on the user for a minute. Call again.',
        subjectField,
      );
  }
};

const demandMessage: z.ZodType<DemandMessage> = z.object({ jobId: z.string(), demandId: z.string() });

/** A message of the on-demand queue, as the host hands it over: parsed JSON, or its text. Throws what is wrong with it. */
export const parseDemandMessage = (message: unknown): DemandMessage =>
  demandMessage.parse(typeof message === 'string' ? JSON.parse(message) : message);
