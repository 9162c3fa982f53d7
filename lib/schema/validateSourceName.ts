import { findNearestName } from '../expressions/nearestName.js';
import { isDirectoryExtension } from './entraAttributes.js';
import type { Findings } from './finding.js';
import type { KnownAttributes } from './knownAttributes.js';

/** Checks that a source attribute exists and can be read. `position` is its place inside the text at `path`. */
export const validateSourceName = (
  name: string,
  path: string,
  position: number | null,
  known: KnownAttributes,
  findings: Findings,
): void => {
  if (known.isReadable(name)) return;
  if (known.source.has(name)) {
    findings.warn(path, 'NeverHasValue', `"${name}" is not read from Entra by this app: it never has a value`, {
      position,
    });
    return;
  }
  const isExtension = /^extension_/i.test(name) && !isDirectoryExtension(name);
  findings.error(path, 'UnknownSourceAttribute', `Entra has no attribute "${name}"`, {
    position,
    expected: isExtension
      ? 'extension_, the 32 digits of the application id, _ and the name'
      : 'an attribute of the source directory; names are case-sensitive',
    nearest: findNearestName(name, known.source.keys()),
  });
};
