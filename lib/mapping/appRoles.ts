import type { AppRole } from '../expressions/attributes.js';

export const zoomLicences = ['Licensed', 'On-Prem', 'Basic'] as const;
export type ZoomLicence = (typeof zoomLicences)[number];

/** Letters of the role's name to Zoom's own name. Pro and Corp are what Zoom called them until October 2020. */
const licenceByLetters: Readonly<Record<string, ZoomLicence>> = {
  basic: 'Basic',
  licensed: 'Licensed',
  licenced: 'Licensed',
  pro: 'Licensed',
  onprem: 'On-Prem',
  onpremise: 'On-Prem',
  onpremises: 'On-Prem',
  corp: 'On-Prem',
};

/** The `userType` that a role's name stands for, case and punctuation aside; null for a name that is none of Zoom's. */
export const toZoomLicence = (roleName: string): ZoomLicence | null => {
  const letters = roleName.toLowerCase().replace(/[^a-z]/g, '');
  return Object.hasOwn(licenceByLetters, letters) ? (licenceByLetters[letters] ?? null) : null;
};

/** The role of whoever is assigned without one (Microsoft, default access). */
const defaultAccessId = '00000000-0000-0000-0000-000000000000';

const nameOf = (role: AppRole): string => role.value ?? role.displayName;

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/**
 * Roles with the one that counts first: by `precedence`, then the other licences, then by name and id, and default
 * access last. Graph returns assignments in no order, so whatever takes the first of several must be given this one.
 */
export const orderAppRoles = (roles: readonly AppRole[], precedence: readonly string[]): readonly AppRole[] => {
  const rankOf = (role: AppRole): number => {
    const licence = toZoomLicence(nameOf(role));
    const rank = precedence.indexOf(licence ?? nameOf(role));
    if (rank >= 0) return rank;
    if (role.id === defaultAccessId) return precedence.length + 2;
    return licence === null ? precedence.length + 1 : precedence.length;
  };
  return [...roles].sort(
    (left, right) =>
      rankOf(left) - rankOf(right) || compareText(nameOf(left), nameOf(right)) || compareText(left.id, right.id),
  );
};
