import { HttpError } from '../http/httpError.js';
import type { Message } from './message.js';

/** One way to reach people. */
export interface Channel {
  /** Names it in the incident's row, so it must stay the same. */
  readonly name: string;
  /** Resolves once the message was taken. Throws `DeliveryError` where it was not, or what aborts. */
  send(message: Message, signal: AbortSignal): Promise<void>;
}

/** A message that was not taken. It names no address, header or body. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  constructor(
    readonly code: string,
    readonly status: number | null,
    options?: ErrorOptions,
  ) {
    super(`${code}${status === null ? '' : `: answered ${status}`}`, options);
  }
}

/** A code for the log and the incident's row, whatever was thrown. */
export const codeOfDelivery = (error: unknown): string => {
  if (error instanceof DeliveryError || error instanceof HttpError) return error.code;
  return error instanceof Error ? error.name : 'Unknown';
};
