import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const reference = z.object({ $ref: z.string() });
const parameter = z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']) });
const jsonSchema = z.record(z.string(), z.unknown());
const response = z.object({
  description: z.string(),
  content: z.record(z.string(), z.object({ schema: jsonSchema })).optional(),
});
const operation = z.object({
  operationId: z.string(),
  security: z.array(z.unknown()).optional(),
  parameters: z.array(z.union([reference, parameter])).default([]),
  responses: z.record(z.string(), z.union([reference, response])),
});
const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;
const pathItem = z.object({
  parameters: z.array(z.union([reference, parameter])).default([]),
  ...Object.fromEntries(methods.map((method) => [method, operation.optional()])),
});
const document = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), pathItem.catchall(operation.optional())),
  components: z.object({
    parameters: z.record(z.string(), parameter),
    responses: z.record(z.string(), response),
    schemas: z.record(z.string(), jsonSchema),
  }),
});

export interface ApiOperation {
  readonly id: string;
  readonly method: string;
  /** Template below `/api`. */
  readonly path: string;
  readonly isPublic: boolean;
  readonly parameters: readonly z.infer<typeof parameter>[];
  /** What is wrong with an answer; an empty list: it is one that the document tells of. */
  checkAnswer(status: number, contentType: string | null, text: string): readonly string[];
}

const nameOf = ($ref: string): string => $ref.split('/').at(-1) ?? '';

/** The operations of `openapi.yaml`. Throws where the document is none. */
export const readOpenApi = (): readonly ApiOperation[] => {
  const { paths, components } = document.parse(parse(readFileSync('openapi.yaml', 'utf8')));
  const findParameter = (one: z.infer<typeof parameter> | z.infer<typeof reference>) =>
    '$ref' in one ? parameter.parse(components.parameters[nameOf(one.$ref)]) : one;
  const findResponse = (one: z.infer<typeof response> | z.infer<typeof reference>) =>
    '$ref' in one ? response.parse(components.responses[nameOf(one.$ref)]) : one;

  const checkBody = (schema: Readonly<Record<string, unknown>>, text: string): readonly string[] => {
    const alone = JSON.stringify({ ...schema, $defs: components.schemas }).replaceAll(
      '#/components/schemas/',
      '#/$defs/',
    );
    const checked = z.fromJSONSchema(JSON.parse(alone)).safeParse(JSON.parse(text));
    return checked.success ? [] : checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };

  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method): ApiOperation[] => {
      const found = operation.optional().parse(item[method]);
      if (!found) return [];
      return [
        {
          id: found.operationId,
          method: method.toUpperCase(),
          path,
          isPublic: found.security?.length === 0,
          parameters: [...item.parameters, ...found.parameters].map(findParameter),
          checkAnswer: (status, contentType, text) => {
            const named = found.responses[String(status)];
            if (!named) return [`${status} is not an answer of ${found.operationId}`];
            const [[type, media] = []] = Object.entries(findResponse(named).content ?? {});
            if (type === undefined || !media) return text === '' ? [] : [`${status} has a body`];
            if (!contentType?.startsWith(type)) return [`${status} has the type ${contentType} and not ${type}`];
            return type === 'application/json' ? checkBody(media.schema, text) : [];
          },
        },
      ];
    }),
  );
};
