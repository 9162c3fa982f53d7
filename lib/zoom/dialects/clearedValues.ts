import type { JsonValue, Values } from '../../engine/model.js';
import { toTargetPath } from '../../mapping/scimPath.js';
import { resolveTargetAttribute } from '../../mapping/targetAttribute.js';

const profileUrn = 'urn:ietf:params:scim:schemas:extension:zoom:1.0:user';
/** Keys of Zoom's profile extension that are no licence. */
const profileTexts = new Set(['personallinkname', 'pronouns']);

/** How Zoom is asked to hold nothing; undefined where it must not be asked. */
const toCleared = (path: string): JsonValue | undefined => {
  const { type, multivalued } = resolveTargetAttribute(path, null);
  if (multivalued) return [];
  if (type === 'Boolean') return false;
  const { urn, steps } = toTargetPath(path);
  const isLicence = urn?.toLowerCase() === profileUrn && !profileTexts.has(steps[0].name.toLowerCase());
  return isLicence ? undefined : '';
};

/**
 * Values as a PUT to Zoom names them. How a field is cleared is not documented: the empty text is what is tried, and
 * the answer tells whether it was. An empty licence key is never sent, since what it does to the licence is not known.
 */
export const writeClearedValues = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).flatMap(([path, value]): [string, JsonValue][] => {
      const sent = value === null ? toCleared(path) : value;
      return sent === undefined ? [] : [[path, sent]];
    }),
  );
