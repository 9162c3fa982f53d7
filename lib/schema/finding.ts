/** One thing that is wrong, or looks wrong, in a schema document. `code` is stable. */
export interface SchemaFinding {
  readonly code: string;
  /** Where it stands: `synchronizationRules[0].objectMappings[0].attributeMappings[2].source.expression`. */
  readonly path: string;
  /** Index inside the text at `path`, for expressions, target paths and patterns; else null. */
  readonly position: number | null;
  readonly message: string;
  /** What should have stood there, or null where the message says it all. */
  readonly expected: string | null;
  /** The valid name that is most like the one that was found. */
  readonly nearest: string | null;
}

export interface FindingDetails {
  readonly position?: number | null;
  readonly expected?: string | null;
  readonly nearest?: string | null;
}

/** Collects what a validation finds, errors apart from warnings. */
export interface Findings {
  readonly errors: readonly SchemaFinding[];
  readonly warnings: readonly SchemaFinding[];
  error(path: string, code: string, message: string, details?: FindingDetails): void;
  warn(path: string, code: string, message: string, details?: FindingDetails): void;
}

export const createFindings = (): Findings => {
  const errors: SchemaFinding[] = [];
  const warnings: SchemaFinding[] = [];
  const addTo =
    (list: SchemaFinding[]) =>
    (path: string, code: string, message: string, details: FindingDetails = {}) => {
      const { position = null, expected = null, nearest = null } = details;
      list.push({ code, path, position, message, expected, nearest });
    };
  return { errors, warnings, error: addTo(errors), warn: addTo(warnings) };
};

/** The same findings without warnings: for what is not in force, where only an error counts. */
export const errorsOnly = (findings: Findings): Findings => ({ ...findings, warn: () => undefined });
