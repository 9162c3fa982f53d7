/** A configured endpoint that must not be used. The message says what was expected; it does not repeat credentials. */
export class InvalidEndpointError extends Error {
  override readonly name = 'InvalidEndpointError';
  readonly code = 'InvalidEndpoint';
}
