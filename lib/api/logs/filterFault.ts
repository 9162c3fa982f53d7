import { ApiError } from '../apiError.js';

/** A `$filter` that is not understood: 400, naming the member or, with the position, what was expected. */
export const filterFault = (message: string, target = '$filter'): ApiError =>
  new ApiError(400, 'BadRequest', `$filter: ${message}`, target);
