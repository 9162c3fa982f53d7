import { HttpError } from './httpError.js';

const beforeConnection = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** The connection failed or the answer broke off; `cause` is what the transport said. It says nothing about a status. */
export class NetworkError extends HttpError {
  override readonly name = 'NetworkError';
  readonly code = 'NetworkFailed';
  /** The transport's own code (`ECONNRESET`, `UND_ERR_SOCKET`), null where it gave none. */
  readonly causeCode: string | null;
  /** No connection came about, so the request cannot have been carried out. */
  readonly neverSent: boolean;

  constructor(method: string, target: string, cause: unknown) {
    const causeCode = findCode(cause);
    super(method, target, `the connection failed${causeCode === null ? '' : ` (${causeCode})`}`, { cause });
    this.causeCode = causeCode;
    this.neverSent = causeCode !== null && beforeConnection.has(causeCode);
  }
}

/** fetch hides the socket's error below its own TypeError. By shape: an error may come from another realm. */
const findCode = (error: unknown, depth = 0): string | null => {
  if (typeof error !== 'object' || error === null || depth > 4) {
    return null;
  }
  if ('code' in error && typeof error.code === 'string' && error.code !== '') {
    return error.code;
  }
  return 'cause' in error ? findCode(error.cause, depth + 1) : null;
};
