import { z } from 'zod';

const count = z.int().min(1);
const share = z.number().min(0).max(1);
const durationMs = z.number().min(0);
const dayMs = 86_400_000;

/** Everything that may be changed while the simulator runs, with its default. What the real service leaves open stands here. */
export const settingsSchema = z.strictObject({
  /** Users a delta page; the service was seen to send at most 200. Small by default, so that paging always happens. */
  usersPerPage: count.default(5),
  /** Group rows a delta page. */
  groupsPerPage: count.default(5),
  /** Edges a group row carries before the group goes on at the next page. */
  membersPerRow: count.default(7),
  /** Edges over all rows that end a groups page. */
  membersPerPage: count.default(20),
  /** Which delta rounds end with a page that is empty but for its deltaLink. */
  trailingPage: z.enum(['never', 'initial', 'always']).default('initial'),
  /** That a page of a delta round or a list is shorter than it could be. */
  shortPageProbability: share.default(0),
  /** That a page of a delta round or a list is preceded by an empty one. */
  emptyPageProbability: share.default(0),
  /** That an incremental round names an object twice. */
  repeatProbability: share.default(0.1),
  /** Whether each enumeration has an order of its own, or all of the same objects have the same. */
  enumerationOrder: z.enum(['drawn', 'same']).default('drawn'),
  /** That an initial round names an object that was deleted before it. */
  tombstoneProbability: share.default(0.2),
  /** That an initial groups round names a member that was removed before it. */
  removedMemberProbability: share.default(0.2),
  /** That changes made during an initial round are appended to it instead of waiting for the next. */
  tailProbability: share.default(0.5),
  /** Whether an initial groups round lists edges of soft-deleted members. */
  softDeletedEdgesInInitial: z.boolean().default(false),
  /** Whether an initial groups round lists edges of soft-deleted groups. */
  softDeletedGroupEdgesInInitial: z.boolean().default(false),
  /** That the groups feed tells of an edge that went because its member was purged. */
  purgedEdgeProbability: share.default(0.5),
  /** Whether a restored group's row carries its members again. */
  membersOfRestoredGroups: z.boolean().default(false),
  /** Whether a restored user's row carries `manager@delta`. */
  managerOfRestoredUsers: z.boolean().default(false),
  /** Ids of the users whose mailboxes an access policy of Exchange lets the app send from; null: any of the tenant. */
  mailSenders: z.array(z.string()).nullable().default(null),
  /** Whether appRoleAssignedTo shows rows of soft-deleted users. */
  softDeletedAssignments: z.enum(['hidden', 'shown']).default('hidden'),
  /** What the deletion of a group is: into the recycle bin (`changed`) or for good (`deleted`). */
  groupDeletion: z.enum(['changed', 'deleted']).default('changed'),
  /** Whether `manager@delta` names the former manager beside the new one. */
  managerDelta: z.enum(['added', 'addedAndRemoved']).default('addedAndRemoved'),
  /** What a delta query without `$select` tracks; the documentation has it both ways. */
  deltaWithoutSelect: z.enum(['default', 'all']).default('default'),
  /** Length of delta and skip tokens in characters; never below what they must hold. */
  tokenChars: z.int().min(200).max(3_000).default(400),
  deltaTokenLifetimeMs: durationMs.default(7 * dayMs),
  skipTokenLifetimeMs: durationMs.default(7 * dayMs),
  /** Skip tokens of plain lists. */
  listTokenLifetimeMs: durationMs.default(dayMs),
  /** What a token of an earlier generation is answered with. */
  otherGeneration: z.union([z.literal(400), z.literal(404), z.literal(410)]).default(400),
  /** Resource units a 10 seconds: as the tenant's size gives them (3,500, 5,000, 8,000), a number, or no limit. */
  throttle: z.union([z.enum(['byTenantSize', 'off']), count]).default('byTenantSize'),
  /** That a read is served from a replica that lags, and by how much at most. */
  lagProbability: share.default(0),
  lagMaxMs: durationMs.default(0),
  /** What `/users/{id}/memberOf` asks for: User.Read.All with GroupMember.Read.All, or Directory.Read.All. */
  memberOfPermission: z.enum(['userAndGroupMember', 'directory']).default('userAndGroupMember'),
  /** How long deleted objects can be restored. */
  recycleBinMs: durationMs.default(30 * dayMs),
  /** Spelling of the inner error's key. */
  innerErrorKey: z.enum(['innerError', 'innererror']).default('innerError'),
  /** Spelling of error codes. */
  errorCodeCase: z.enum(['asDocumented', 'lower', 'upperFirst']).default('asDocumented'),
  /** Members that nobody documents, added to answers and rows. */
  unknownFields: z.boolean().default(false),
});

export type GraphSettings = z.infer<typeof settingsSchema>;

/** Defaults, with what is given over them; throws a ZodError that names an unknown or bad setting. */
export const createSettings = (given: Partial<GraphSettings>): GraphSettings => settingsSchema.parse(given);

/** Page sizes as the service has them, or may have them where nobody knows. */
export const servicePageSizes = {
  usersPerPage: 200,
  groupsPerPage: 100,
  membersPerRow: 1_000,
  membersPerPage: 5_000,
} as const satisfies Partial<GraphSettings>;
