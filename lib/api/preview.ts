import { z } from 'zod';
import type { JobSchemas } from '../engine/jobSchemas.js';
import {
  type PreviewAction,
  type PreviewQueue,
  type PreviewSettings,
  previewActions,
} from '../engine/preview/preview.js';
import type { PreviewStore } from '../engine/preview/previewStore.js';
import { removePreview, startPreview } from '../engine/preview/startPreview.js';
import type { RemovalPolicy } from '../engine/removalPolicy.js';
import type { World } from '../engine/world.js';
import { describeFinding } from '../schema/describeFinding.js';
import { readSchemaText } from '../schema/readSchemaText.js';
import { ApiError, notFound } from './apiError.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import { explainIssues } from './explainIssues.js';
import { graphObject } from './graphBody.js';
import { checkJob, readJob } from './jobPath.js';
import type { ParsePolicy } from './jobSettings.js';
import { nextLinkOf, readSkipToken, readTop } from './listPage.js';
import { parseBody } from './parseBody.js';
import { refuseQuery } from './parseQuery.js';
import { toPreviewReport } from './previewReport.js';

/** What the preview's doors need of the app. */
export interface PreviewParts {
  readonly world: Pick<World, 'jobId' | 'servicePrincipalId' | 'clock' | 'newId' | 'state'>;
  readonly schemas: Pick<JobSchemas, 'current'>;
  readonly preview: { readonly store: PreviewStore; readonly queue: PreviewQueue };
  readonly zoomCredential: { isConfigured(): Promise<boolean> };
  readonly jobDoor: { readonly parsePolicy: ParsePolicy };
}

const bodyShape = graphObject({
  kind: z.enum(['incremental', 'initial'], { error: 'expected incremental or initial' }).default('incremental'),
  schema: z.record(z.string(), z.unknown()).optional(),
  settings: graphObject({
    scope: z.enum(['assigned', 'all'], { error: 'expected assigned or all' }).optional(),
    removalPolicy: z.record(z.string(), z.string()).optional(),
    skipOutOfScopeDeletions: z.boolean().optional(),
    deletionThreshold: z.int().min(0).max(1_000_000).optional(),
    deletionThresholdPercent: z.number().min(0).max(100).optional(),
    deletionThresholdDaily: z.int().min(0).max(1_000_000).optional(),
  }).default({}),
});

type Body = z.infer<typeof bodyShape>;

/**
 * `POST …/jobs/{job}/preview`: puts a dry run of the next cycle on the queue, with a schema or settings that are not
 * saved where the body has them. 202; 409 while another preview runs (`PreviewRunning`, its id as target), nobody has
 * consented at Zoom (`NotConfigured`) or all that the job knows is being erased (`JobBeingDeleted`). Works while the job is paused or off, and beside a running cycle.
 */
export const postPreview = async (parts: PreviewParts, request: ApiRequest): Promise<ApiAnswer> => {
  const { world, preview, schemas } = parts;
  checkJob(world, request);
  refuseQuery(request);
  const body = await parseBody(request, bodyShape);
  const schemaText = body.schema === undefined ? (await schemas.current()).text : checkSchema(body.schema);
  if (!(await parts.zoomCredential.isConfigured())) {
    throw new ApiError(
      409,
      'NotConfigured',
      'Nobody has authorised the Zoom app yet: POST …/zoomConsent.',
      world.jobId,
    );
  }
  const { job } = await readJob(world);
  if (job.reset?.erases) {
    throw new ApiError(409, 'JobBeingDeleted', 'The job is being deleted; ask again when it is gone.', world.jobId);
  }
  const order = {
    kind: body.kind,
    schemaText,
    isDraftSchema: body.schema !== undefined,
    settings: settingsOf(body, parts.jobDoor.parsePolicy),
  };
  const started = await startPreview(order, { world, ...preview });
  if (started.kind === 'running') {
    throw new ApiError(409, 'PreviewRunning', 'A preview runs already; DELETE it to begin another.', started.previewId);
  }
  return { status: 202, headers: { Location: locationOf(world) }, body: { id: started.previewId } };
};

/** `GET …/jobs/{job}/preview`: the report, with a page of its operations; `action` lists those of one kind. */
export const getPreview = async ({ world, preview }: PreviewParts, request: ApiRequest): Promise<ApiAnswer> => {
  checkJob(world, request);
  const kept = await preview.store.read();
  if (!kept) throw notFound('The preview');
  const top = readTop(request, { usual: 100, most: 1_000 });
  const { rows, cursor } = await preview.store.listOperations(
    kept.previewId,
    readAction(request),
    readSkipToken(request),
    top,
  );
  const { '@odata.nextLink': nextLink = null } = nextLinkOf(request, cursor);
  return { status: 200, headers: {}, body: toPreviewReport(kept, rows, nextLink) };
};

/** `DELETE …/jobs/{job}/preview`: ends a running preview, and removes its report. */
export const deletePreview = async ({ world, preview }: PreviewParts, request: ApiRequest): Promise<ApiAnswer> => {
  checkJob(world, request);
  refuseQuery(request);
  if (!(await removePreview({ world, ...preview }))) throw notFound('The preview');
  return { status: 204, headers: {}, body: undefined };
};

const locationOf = ({ servicePrincipalId, jobId }: PreviewParts['world']): string =>
  `/api/servicePrincipals/${servicePrincipalId}/synchronization/jobs/${jobId}/preview`;

const checkSchema = (schema: Readonly<Record<string, unknown>>): string => {
  const text = JSON.stringify(schema);
  const validated = readSchemaText(text);
  if (validated.kind === 'valid') return text;
  const [first] = validated.errors;
  const details = validated.errors.map((error) => ({
    code: error.code,
    message: describeFinding(error),
    target: error.path,
  }));
  const place = first ? ` First: ${first.path}: ${describeFinding(first)}` : '';
  throw new ApiError(400, 'InvalidSchema', `The schema has ${details.length} errors.${place}`, 'schema', { details });
};

const settingsOf = ({ settings }: Body, parsePolicy: ParsePolicy): PreviewSettings => {
  const { scope, removalPolicy, ...plain } = settings;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  return {
    ...given,
    ...(scope === undefined ? {} : { scopeMode: scope }),
    ...(removalPolicy === undefined ? {} : { removalPolicy: readPolicy(removalPolicy, parsePolicy) }),
  };
};

const readPolicy = (policy: Readonly<Record<string, string>>, parsePolicy: ParsePolicy): RemovalPolicy => {
  const parsed = parsePolicy(JSON.stringify(policy));
  if (parsed.kind === 'value') return parsed.value;
  const target = 'settings.removalPolicy';
  throw new ApiError(400, 'BadRequest', `${target}: expected ${parsed.expected}.`, target);
};

const actionShape = z.object({
  action: z.enum(previewActions, { error: `expected one of ${previewActions.join(', ')}` }).nullable(),
});

const readAction = ({ query }: ApiRequest): PreviewAction | null => {
  const parsed = actionShape.safeParse({ action: query.get('action') });
  if (parsed.success) return parsed.data.action;
  throw explainIssues(parsed.error.issues);
};
