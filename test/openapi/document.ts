import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const anything = z.record(z.string(), z.unknown());
const parameter = z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']), required: z.boolean().optional() });
const reference = z.object({ $ref: z.string() });
const operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  'x-app-role': z.enum(['Provisioning.Read', 'Provisioning.Operate', 'Provisioning.Configure']).optional(),
  security: z.array(anything).optional(),
  parameters: z.array(z.union([reference, parameter])).default([]),
  requestBody: anything.optional(),
  responses: z.record(z.string(), anything),
});
const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;
const pathItem = z.strictObject({
  parameters: z.array(z.union([reference, parameter])).default([]),
  get: operation.optional(),
  put: operation.optional(),
  post: operation.optional(),
  patch: operation.optional(),
  delete: operation.optional(),
});
const documentShape = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), pathItem),
  components: z.object({ schemas: z.record(z.string(), anything) }),
});

type Parameter = z.infer<typeof parameter>;

/** One route of the document. `role` null: nobody is asked for a token. */
export interface DocumentedRoute {
  readonly operationId: string;
  readonly method: string;
  /** Below `/api`, without a slash in front. */
  readonly path: string;
  readonly role: 'Provisioning.Read' | 'Provisioning.Operate' | 'Provisioning.Configure' | null;
  readonly parameters: readonly Parameter[];
  readonly requestSchema: unknown;
  /** The schema of an answer's body; null where it has none, undefined where such an answer is not documented. */
  answerSchema(status: number, mediaType: string): unknown;
}

const raw: unknown = parse(readFileSync(join(__dirname, '../../../openapi.yaml'), 'utf8'));
export const document = documentShape.parse(raw);

/** What stands at a JSON pointer of the document (`#/components/…`). Throws where nothing does. */
export const resolveReference = (pointer: string): unknown => {
  let found: unknown = raw;
  for (const step of pointer.replace(/^#\//, '').split('/')) {
    found = anything.parse(found)[step];
    if (found === undefined) throw new Error(`The document has nothing at ${pointer}.`);
  }
  return found;
};

const follow = (node: unknown): unknown => {
  const referred = reference.safeParse(node);
  return referred.success ? follow(resolveReference(referred.data.$ref)) : node;
};

const contentOf = (node: unknown, mediaType: string): unknown => {
  const content = anything.safeParse(anything.parse(follow(node))['content']);
  if (!content.success) return null;
  const media = content.data[mediaType];
  return media === undefined ? undefined : anything.parse(media)['schema'];
};

export const routes: readonly DocumentedRoute[] = Object.entries(document.paths).flatMap(([path, item]) =>
  methods.flatMap((method) => {
    const found = item[method];
    if (!found) return [];
    return [
      {
        operationId: found.operationId,
        method: method.toUpperCase(),
        path: path.slice(1),
        role: found['x-app-role'] ?? null,
        parameters: [...item.parameters, ...found.parameters].map((one) => parameter.parse(follow(one))),
        requestSchema: found.requestBody ? contentOf(found.requestBody, 'application/json') : null,
        answerSchema: (status: number, mediaType: string) => {
          const answer = found.responses[String(status)] ?? found.responses['default'];
          return answer === undefined ? undefined : contentOf(answer, mediaType);
        },
      },
    ];
  }),
);
