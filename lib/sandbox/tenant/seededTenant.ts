import type { AppRoleName } from '../startSimulators.js';
import type { NameBook } from './nameBook.js';
import type { Hiring } from './people.js';

/** How large a tenant to seed; the same seed gives the same one. */
export interface TenantSize {
  readonly users: number;
  readonly groups: number;
  readonly seed: number;
}

/** The role somebody is assigned; null is default access. */
export type GivenRole = AppRoleName | null;

/** A group that is assigned to the application. */
export interface AssignedGroup {
  readonly id: string;
  readonly displayName: string;
  readonly role: GivenRole;
}

/** What a working day needs to know of the tenant beside the directory itself. */
export interface SeededTenant {
  readonly names: NameBook;
  readonly hiring: Hiring;
  readonly groups: readonly AssignedGroup[];
  /** A group whose few members are in scope through it alone; null in a tenant with fewer than two groups. */
  readonly smallGroup: AssignedGroup | null;
  /** A group inside the small one: one person more, where groups within groups count. */
  readonly smallNestedId: string | null;
  /** Blocked in Entra, assigned, with an inactive account in Zoom; null where there is nobody. */
  readonly returnerId: string | null;
  /** Administrators in Zoom, whom SCIM cannot deactivate, so that they do not leave. */
  readonly zoomAdminIds: ReadonlySet<string>;
}
