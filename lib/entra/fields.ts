/** A JSON object as it came, before anything is known of its members. */
export type Row = Readonly<Record<string, unknown>>;

/** A field that is not what it must be. Names the field and the expected form, never the value. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
  constructor(
    readonly field: string,
    readonly expected: string,
  ) {
    super(`Field "${field}": expected ${expected}.`);
  }
}

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const readRow = (value: unknown, field: string): Row => {
  if (!isRow(value)) {
    throw new FieldError(field, 'an object');
  }
  return value;
};

export const readRows = (value: unknown, field: string): readonly Row[] => {
  if (!Array.isArray(value)) {
    throw new FieldError(field, 'a list of objects');
  }
  return value.map((entry: unknown) => readRow(entry, field));
};

/** A text that must be there and not empty. */
export const readText = (row: Row, field: string): string => {
  const value = row[field];
  if (typeof value !== 'string' || value === '') {
    throw new FieldError(field, 'a text');
  }
  return value;
};

/** A text, or null where it is absent or null. */
export const readOptionalText = (row: Row, field: string): string | null => {
  const value = row[field] ?? null;
  if (value !== null && typeof value !== 'string') {
    throw new FieldError(field, 'a text or null');
  }
  return value;
};
