import { z } from 'zod';
import type { JobSchemas } from '../engine/jobSchemas.js';
import { type PreviewQueue, type PreviewSettings, previewActions } from '../engine/preview/preview.js';
import type { PreviewStore } from '../engine/preview/previewStore.js';
import { removePreview, startPreview } from '../engine/preview/startPreview.js';
import type { World } from '../engine/world.js';
import { describeFinding } from '../schema/describeFinding.js';
import { readSchemaText } from '../schema/readSchemaText.js';
import { ApiError, notFound } from './apiError.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import { checkJob } from './jobPath.js';
import { parseBody } from './parseBody.js';
import { toPreviewReport } from './previewReport.js';

/** What the preview's doors need of the app. */
export interface PreviewParts {
  readonly world: Pick<World, 'jobId' | 'servicePrincipalId' | 'clock' | 'newId'>;
  readonly schemas: Pick<JobSchemas, 'current'>;
  readonly preview: { readonly store: PreviewStore; readonly queue: PreviewQueue };
  readonly zoomCredential: { isConfigured(): Promise<boolean> };
}

const share = z.number().min(0).max(100);
const bodyShape = z.strictObject({
  kind: z.enum(['incremental', 'initial'], { error: 'expected incremental or initial' }).default('incremental'),
  schema: z.record(z.string(), z.unknown()).optional(),
  settings: z
    .strictObject({
      scope: z.enum(['assigned', 'all'], { error: 'expected assigned or all' }).optional(),
      skipOutOfScopeDeletions: z.boolean().optional(),
      deletionThreshold: z.int().min(0).optional(),
      deletionThresholdPercent: share.optional(),
    })
    .default({}),
});

type Body = z.infer<typeof bodyShape>;

/**
 * `POST …/jobs/{job}/preview`: puts a dry run of the next cycle on the queue, with a schema or settings that are not
 * saved where the body has them. 202; 409 while another preview runs (`PreviewRunning`, its id as target) or nobody has
 * consented at Zoom (`NotConfigured`). Works while the job is paused or off, and beside a running cycle.
 */
export const postPreview = async (parts: PreviewParts, request: ApiRequest): Promise<ApiAnswer> => {
  const { world, preview, schemas } = parts;
  checkJob(world, request);
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
  const order = { kind: body.kind, schemaText, isDraftSchema: body.schema !== undefined, settings: settingsOf(body) };
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
  const { action, top, cursor } = readQuery(request.query);
  const page = await preview.store.listOperations(kept.previewId, action, cursor, top);
  const next = page.cursor === null ? null : nextLink(world, { action, top, cursor: page.cursor });
  return { status: 200, headers: {}, body: toPreviewReport(kept, page.rows, next) };
};

/** `DELETE …/jobs/{job}/preview`: ends a running preview, and removes its report. */
export const deletePreview = async ({ world, preview }: PreviewParts, request: ApiRequest): Promise<ApiAnswer> => {
  checkJob(world, request);
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

const settingsOf = ({ settings }: Body): PreviewSettings => {
  const { scope, skipOutOfScopeDeletions, deletionThreshold, deletionThresholdPercent } = settings;
  return {
    ...(scope === undefined ? {} : { scopeMode: scope }),
    ...(skipOutOfScopeDeletions === undefined ? {} : { skipOutOfScopeDeletions }),
    ...(deletionThreshold === undefined ? {} : { deletionThreshold }),
    ...(deletionThresholdPercent === undefined ? {} : { deletionThresholdPercent }),
  };
};

const queryShape = z.object({
  action: z.enum(previewActions, { error: `expected one of ${previewActions.join(', ')}` }).nullable(),
  top: z.coerce.number({ error: 'expected a number from 1 to 1000' }).int().min(1).max(1_000),
  cursor: z
    .string()
    .regex(/^op![0-8]![\x21-\x7e]{1,200}$/, { error: 'expected what a nextLink gave' })
    .nullable(),
});

const readQuery = (query: URLSearchParams): z.infer<typeof queryShape> => {
  const parsed = queryShape.safeParse({
    action: query.get('action'),
    top: query.get('$top') ?? '100',
    cursor: query.get('$skiptoken'),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const names: Readonly<Record<string, string>> = { top: '$top', cursor: '$skiptoken' };
  const member = String(issue?.path[0] ?? '');
  const name = names[member] ?? member;
  throw new ApiError(400, 'BadRequest', `${name}: ${issue?.message ?? 'not understood'}.`, name);
};

const nextLink = (
  world: PreviewParts['world'],
  { action, top, cursor }: { readonly action: string | null; readonly top: number; readonly cursor: string },
): string => {
  const query = new URLSearchParams({ ...(action === null ? {} : { action }), $top: String(top), $skiptoken: cursor });
  return `${locationOf(world)}?${query.toString()}`;
};
