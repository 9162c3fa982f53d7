import type { PathStep, TargetPath } from './scimPath.js';

/** A path, or the beginning of one. */
export interface PrintablePath {
  readonly urn: string | null;
  readonly steps: readonly PathStep[];
}

const printConditions = ({ conditions }: PathStep): string =>
  conditions.map(({ attribute, value }) => `${attribute} eq ${JSON.stringify(value)}`).join(' and ');

const printStep = (step: PathStep): string =>
  step.conditions.length === 0 ? step.name : `${step.name}[${printConditions(step)}]`;

/**
 * The path as RFC 7644 3.10 has it: texts of a selector are JSON strings and `primary` is compared with a Boolean, where
 * mappings write `primary eq "True"`.
 */
export const printScimPath = ({ urn, steps }: PrintablePath): string =>
  `${urn === null ? '' : `${urn}:`}${steps.map(printStep).join('.')}`;

/**
 * A filter for one value at the path (RFC 7644 3.4.2.2). Nothing may follow a selector there, so that
 * `emails[type eq "work"].value` becomes `emails[type eq "work" and value eq "x"]`.
 */
export const printScimFilter = (path: TargetPath, value: string): string => {
  const wanted = `eq ${JSON.stringify(value)}`;
  const at = path.steps.findIndex(({ conditions }) => conditions.length > 0);
  const selecting = path.steps[at];
  if (selecting === undefined) return `${printScimPath(path)} ${wanted}`;
  const before = path.steps.slice(0, at).map(({ name }) => `${name}.`);
  const compared = path.steps.slice(at + 1).map(({ name }) => name);
  const conditions = `${printConditions(selecting)} and ${compared.join('.') || 'value'} ${wanted}`;
  return `${path.urn === null ? '' : `${path.urn}:`}${before.join('')}${selecting.name}[${conditions}]`;
};
