/** A schema that was not validated was given to be compiled. `path` is where in it the fault stands. */
export class InvalidMappingError extends Error {
  override readonly name = 'InvalidMappingError';
  readonly code = 'InvalidMapping';
  constructor(
    readonly path: string,
    reason: string,
  ) {
    super(`${path}: ${reason}. Validate the schema before it is put in force.`);
  }
}
