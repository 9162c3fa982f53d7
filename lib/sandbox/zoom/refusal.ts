import { urns } from './urns.js';
import { replyJson, type WireReply } from './wire.js';

/** Thrown by any step of a call: this is the answer, and nothing was stored. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(readonly reply: WireReply) {
    super(`refused with ${reply.status}`);
  }
}

/** An error as resources answer it; `status` is a number here, against RFC 7644. */
export const scimError = (status: number, detail: string): Refusal =>
  new Refusal(replyJson(status, { schemas: [urns.error], detail, status }));

/** An error as the gateway before the resources answers it. */
export const gatewayError = (
  shape: 'gateway' | 'scim',
  status: number,
  code: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Refusal =>
  new Refusal(
    shape === 'gateway'
      ? replyJson(status, { code, message }, headers)
      : replyJson(status, { schemas: [urns.error], detail: message, status }, headers),
  );

/** "Invited, or in another account": the two cannot be told apart. */
export const notBelonging = (status: number, who: string): Refusal =>
  scimError(status, `User ${who} not exist or not belong to this account.`);

export const unknownUser = (id: string): Refusal => scimError(404, `User does not exist: ${id}.`);

export const invalidField = (field: string): Refusal => scimError(400, `The "${field}" of the request is invalid.`);
