/** One app role that an object holds on the application; `value` is null for the default access role. */
export interface AppRole {
  readonly id: string;
  readonly displayName: string;
  readonly value: string | null;
}

/** What a source attribute can hold. Absent and null mean the same: no value. */
export type AttributeValue = string | number | boolean | null | readonly string[] | readonly AppRole[];

/** A full source object's attributes by name, computed ones included; never the changed ones alone. */
export type Attributes = Readonly<Record<string, AttributeValue>>;
