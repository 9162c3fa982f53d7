import { z } from 'zod';

const plain = <Mode extends string>(mode: Mode) => z.strictObject({ mode: z.literal(mode) });

/**
 * What can go wrong, by name. Those that begin with a resource make the service itself behave so for the call; the
 * others replace or spoil the answer.
 */
export const faultMode = z.discriminatedUnion('mode', [
  /** Every live access token expires; this call answers 401 with code 124. */
  plain('token.expireMidCycle'),
  /** On `oauth.token`: as if the refresh token had been used before. */
  plain('token.refreshReused'),
  /** All tokens are void, as after a later authorisation (4741). */
  plain('token.revoked'),
  plain('token.ownerGone'),
  plain('token.clientSecretWrong'),
  /** On `oauth.token` the minted token lacks the scope; on a call it answers 4700. */
  plain('token.scopeMissing'),
  /** Another refresher was faster: the presented refresh token is rotated away first. */
  plain('token.raceTwoRefreshers'),
  plain('rate.perSecond'),
  /** 429 with an ISO `Retry-After`: by default the next UTC midnight. */
  z.strictObject({ mode: z.literal('rate.daily'), retryAfterMs: z.int().min(0).optional() }),
  plain('rate.noHeaders'),
  plain('lock.concurrent'),
  /** The call is carried out and its answer never arrives. */
  plain('net.timeoutAfterCommit'),
  /** The connection ends before the call is carried out. */
  plain('net.reset'),
  /**
   * Answers this status. Without a body: an HTML page for 502, nothing for 503, a SCIM error else. `afterCommit`: the
   * call was carried out all the same.
   */
  z.strictObject({
    mode: z.literal('status'),
    code: z.int().min(200).max(599),
    body: z.string().optional(),
    contentType: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    afterCommit: z.boolean().optional(),
  }),
  /** The call is carried out; the answer's JSON breaks off in the middle. */
  plain('body.malformed'),
  plain('body.empty200'),
  /** An HTML page under the status of success. */
  plain('body.html'),
  /** The resource comes without its `id`. */
  plain('body.missingId'),
  /** Rows before this page came (negative: they repeat) or went (positive: rows are skipped). */
  z.strictObject({ mode: z.literal('list.shiftingPages'), by: z.int() }),
  z.strictObject({ mode: z.literal('list.shortPage'), rows: z.int().min(0) }),
  z.strictObject({ mode: z.literal('list.wrongTotal'), total: z.int().min(0) }),
  /** `startIndex` is ignored: every page is page one. */
  plain('list.sameRows'),
  plain('user.pending'),
  plain('user.foreign'),
  plain('user.conflict'),
  /** The account is erased just before the call. */
  plain('user.deletedInZoom'),
  plain('user.adminNoop'),
  /** Names, display name and e-mail of a PUT are ignored with 200. */
  plain('user.renameIgnored'),
  plain('licence.silentBasic'),
  z.strictObject({
    mode: z.literal('licence.error'),
    status: z.union([z.literal(400), z.literal(403), z.literal(409)]),
  }),
  plain('licence.basicCap'),
  plain('reactivate.licenceLost'),
  /** A write answers success and stores nothing. */
  plain('write.ignored'),
  /** This member (by default the first of the request) is treated as pending. */
  z.strictObject({ mode: z.literal('group.memberPending'), memberId: z.string().optional() }),
  plain('group.groupDeleted'),
  plain('group.nameClash'),
  plain('group.tooLarge'),
  /** Refuses `remove` with `path: "members"` and a value. */
  plain('group.removeFormA'),
  /** Refuses `remove` with `path: "members[value eq …]"`. */
  plain('group.removeFormB'),
  plain('account.ssoOff'),
  plain('account.permissionLost'),
  /** After this write, reads show for so long what was there before. */
  z.strictObject({ mode: z.literal('eventual.readAfterWrite'), forMs: z.int().min(1) }),
  /** The call takes so long, or a time between the two. */
  z.strictObject({ mode: z.literal('latency.slow'), delayMs: z.int().min(0), upToMs: z.int().min(0).optional() }),
]);

export type FaultMode = z.infer<typeof faultMode>;
export type FaultName = FaultMode['mode'];
