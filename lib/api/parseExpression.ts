import { z } from 'zod';
import type { World } from '../engine/world.js';
import type { AttributeValue } from '../expressions/attributes.js';
import { compileExpression } from '../expressions/compileExpression.js';
import { createEvaluationContext } from '../expressions/createEvaluationContext.js';
import type { ExpressionError } from '../expressions/expressionError.js';
import { type ExpressionTrial, tryExpression } from '../expressions/tryExpression.js';
import { attributeValueShape } from '../schema/attributeValues.js';
import { describeFault } from '../schema/describeFinding.js';
import { attributeTypes } from '../schema/synchronizationSchema.js';
import type { ErrorDetail } from './apiError.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import { checkJob } from './jobPath.js';
import { parseBody } from './parseBody.js';

/** A list carries the annotation `value@odata.type`, which says nothing that the list does not. */
const property = z.looseObject({ key: z.string(), value: attributeValueShape.default(null) });

const requestBody = z.looseObject({
  expression: z.string({ error: 'expected the text of an expression' }),
  testInputObject: z.looseObject({ properties: z.array(property).nullish() }).nullish(),
  targetAttributeDefinition: z.looseObject({ type: z.enum(attributeTypes).nullish() }).nullish(),
});

type TrialError = NonNullable<ExpressionTrial['error']>;

/**
 * `POST …/schema/parseExpression`, with and without a test object, in the shape of Graph's `parseExpressionResponse`.
 * Errors name line and column; `details` has all of them, with what was expected and the nearest name.
 */
export const parseExpression = async (
  world: Pick<World, 'jobId' | 'servicePrincipalId' | 'clock'>,
  request: ApiRequest,
): Promise<ApiAnswer> => {
  checkJob(world, request);
  const { expression, testInputObject, targetAttributeDefinition } = await parseBody(request, requestBody);
  const properties = testInputObject?.properties;
  const attributes = properties ? toAttributes(properties) : null;
  const trial = tryExpression(expression, attributes, createEvaluationContext(world.clock.nowMs()));
  const checked = checkType(trial, targetAttributeDefinition?.type ?? 'String');
  const error = checked.error === null ? null : toPublicError(checked.error, expression);
  return { status: 200, headers: {}, body: { ...checked, error } };
};

const toAttributes = (properties: readonly z.infer<typeof property>[]): Readonly<Record<string, AttributeValue>> =>
  Object.fromEntries(properties.map(({ key, value }) => [key, value]));

const typePatterns: Partial<Record<(typeof attributeTypes)[number], RegExp>> = {
  Boolean: /^\s*(true|false|0|1)\s*$/i,
  Integer: /^\s*[+-]?\d+\s*$/,
};

/** A result that the target attribute cannot hold is a failed evaluation. */
const checkType = (trial: ExpressionTrial, type: (typeof attributeTypes)[number]): ExpressionTrial => {
  const pattern = typePatterns[type];
  if (!pattern || trial.evaluationResult.every((text) => pattern.test(text))) return trial;
  const error = { code: 'ValueType', message: `The result is no value for a target attribute of type ${type}.` };
  return { ...trial, evaluationSucceeded: false, evaluationResult: [], error };
};

const toPublicError = ({ code, message }: TrialError, text: string) => {
  const compiled = compileExpression(text);
  const details = compiled.kind === 'refused' ? compiled.errors.map(toDetail) : [];
  return { code, message, target: 'expression', details, innerError: null };
};

const toDetail = ({ code, message, position, expected, nearest }: ExpressionError): Required<ErrorDetail> => ({
  code,
  message: describeFault({ message, expected: expected.join(' or ') || null, nearest }),
  target: `expression, line ${position.line}, column ${position.column}, position ${position.offset}`,
});
