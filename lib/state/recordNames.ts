import { hash } from 'node:crypto';
import type { NameKind } from '../engine/logReading.js';
import { redactedValue } from '../engine/model.js';
import type { RecordRow } from '../engine/record.js';
import { encodeKey } from './keys.js';

const maxNameKeyChars = 400;
const nameDetails = new Set(['userprincipalname', 'mail']);

/** No encoded key begins with `~`, so the kinds lie apart. */
const kindPrefixes: Readonly<Record<NameKind, string>> = { name: '', displayName: '~d|', targetId: '~t|' };

/** What a name's rows begin with, in any case. A name is only ever looked up, so a long one may stand as its hash. */
export const nameKeyPrefix = (kind: NameKind, name: string): string => {
  const key = encodeKey(name.toLowerCase());
  const fitting = key.length <= maxNameKeyChars ? key : `~${hash('sha256', name.toLowerCase())}`;
  return `${kindPrefixes[kind]}${fitting}|`;
};

/** What a person may know a record's object by; a value that the log replaces names nobody. */
export const namesOf = ({ sourceIdentity, targetIdentity }: RecordRow): readonly (readonly [NameKind, string])[] => {
  const names: (readonly [NameKind, string])[] = Object.entries(sourceIdentity.details)
    .filter(([detail]) => nameDetails.has(detail.toLowerCase()))
    .map(([, value]) => ['name', value]);
  names.push(['displayName', sourceIdentity.displayName], ['targetId', targetIdentity.id]);
  return names.filter(([, value]) => value !== '' && value !== redactedValue);
};
