import type { World } from '../engine/world.js';
import { describeFunctions } from '../expressions/describeFunctions.js';
import { filterOperators } from '../schema/filterOperators.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import { checkJob } from './jobPath.js';

type JobNames = Pick<World, 'jobId' | 'servicePrincipalId'>;

/** `GET …/schema/functions`: the expression language as Graph's `attributeMappingFunctionSchema`s; `id` is the name. */
export const listFunctions = async (world: JobNames, request: ApiRequest): Promise<ApiAnswer> => {
  checkJob(world, request);
  const value = describeFunctions().map(({ name, parameters }) => ({
    id: name,
    parameters: parameters.map(({ allowMultipleOccurrences, name: parameter, required, type }) => ({
      allowMultipleOccurrences,
      name: parameter,
      required,
      type,
    })),
  }));
  return { status: 200, headers: {}, body: { value } };
};

/** `GET …/schema/filterOperators`: the operators of scoping filters as Graph's `filterOperatorSchema`s. */
export const listFilterOperators = async (world: JobNames, request: ApiRequest): Promise<ApiAnswer> => {
  checkJob(world, request);
  const value = filterOperators.map(({ name, arity, multivaluedComparisonType, supportedAttributeTypes }) => ({
    id: name,
    arity,
    multivaluedComparisonType,
    supportedAttributeTypes,
  }));
  return { status: 200, headers: {}, body: { value } };
};
