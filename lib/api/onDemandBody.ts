import { z } from 'zod';
import { ApiError } from './apiError.js';
import type { ApiRequest } from './apiRequest.js';
import { parseBody } from './parseBody.js';

/** Clients made from Graph's metadata annotate what they send; annotations say nothing that is not known. */
const withoutAnnotations = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutAnnotations);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => !name.startsWith('@odata.'));
  return Object.fromEntries(members.map(([name, member]) => [name, withoutAnnotations(member)]));
};

const objectId = z
  .string({ error: 'expected an object id, a userPrincipalName or a mail address' })
  .trim()
  .min(1, 'expected an object id, a userPrincipalName or a mail address')
  .max(320, 'expected at most 320 characters');
const objectTypeName = z
  .string({ error: 'expected User or Group' })
  .toLowerCase()
  .pipe(z.enum(['user', 'group'], { error: 'expected User or Group' }))
  .default('user');

const member = z.strictObject({ objectId, objectTypeName });
const subject = member.extend({
  links: z.strictObject({ members: z.array(member).nullish() }).nullish(),
});
const body = z.preprocess(
  withoutAnnotations,
  z.strictObject({
    parameters: z
      .array(
        z.strictObject({
          ruleId: z.string().nullish(),
          subjects: z.array(subject, { error: 'expected a list of subjects' }).min(1, 'expected one subject at least'),
        }),
        { error: 'expected a list of parameters' },
      )
      .min(1, 'expected one entry at least'),
  }),
);

/** Whom a request names: people in their order, or a group all of whose members are meant. */
export type DemandSubjects =
  | { readonly kind: 'people'; readonly names: readonly string[]; readonly isOne: boolean }
  | { readonly kind: 'group'; readonly groupId: string };

/**
 * Graph's `parameters` (synchronizationJobApplicationParameters). A group is followed by the members that
 * `links.members` names, or stands alone for all of its members. Throws `ApiError` 400 naming the field.
 */
export const parseDemand = async (request: ApiRequest): Promise<DemandSubjects> => {
  const { parameters } = await parseBody(request, body);
  const names: string[] = [];
  let groupId: string | null = null;
  let subjects = 0;
  for (const [index, { subjects: named }] of parameters.entries()) {
    for (const [at, one] of named.entries()) {
      const field = `parameters[${index}].subjects[${at}]`;
      subjects += 1;
      const members = one.links?.members ?? null;
      if (one.objectTypeName === 'user') {
        if (members !== null) throw wrong(`${field}.links`, 'only a group has members');
        names.push(one.objectId);
      } else if (members === null) {
        groupId = one.objectId;
      } else {
        const nested = members.findIndex(({ objectTypeName: type }) => type === 'group');
        if (nested >= 0) throw wrong(`${field}.links.members[${nested}].objectTypeName`, 'expected User');
        names.push(...members.map(({ objectId: id }) => id));
      }
    }
  }
  if (groupId === null && names.length > 0) {
    const isGroup = parameters.some(({ subjects: named }) => named.some((one) => one.objectTypeName === 'group'));
    return { kind: 'people', names: [...new Set(names)], isOne: names.length === 1 && !isGroup };
  }
  if (groupId === null) throw wrong('parameters[0].subjects[0].links.members', 'expected one member at least');
  if (subjects > 1) throw wrong('parameters', 'a group without links.members stands alone');
  return { kind: 'group', groupId };
};

const wrong = (field: string, message: string): ApiError =>
  new ApiError(400, 'BadRequest', `${field}: ${message}.`, field);

/** `?dryRun=true`: every step but the last. */
export const parseDryRun = ({ query }: ApiRequest): boolean => {
  const text = query.get('dryRun');
  if (text === null || text === 'false') return false;
  if (text !== 'true') throw wrong('dryRun', 'expected true or false');
  return true;
};
