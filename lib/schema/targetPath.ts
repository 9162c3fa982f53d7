/** One condition of a selector: `type eq "work"`. Values of `primary` are booleans, whatever way they are written. */
export interface PathCondition {
  readonly attribute: string;
  readonly value: string | boolean;
}

/** One member on the way to the value; with conditions the member is a list and they choose its elements. */
export interface PathStep {
  readonly name: string;
  readonly conditions: readonly PathCondition[];
}

/** A target attribute path (RFC 7644 3.10, as Entra's mappings write it), taken apart. */
export interface TargetPath {
  /** The path as the schema writes it. */
  readonly text: string;
  /** The extension whose object holds the attribute; null for attributes of the core schema. */
  readonly urn: string | null;
  readonly steps: readonly [PathStep, ...PathStep[]];
}

export type TargetPathResult =
  | { readonly kind: 'path'; readonly path: TargetPath }
  | { readonly kind: 'invalid'; readonly position: number; readonly expected: string };

const attributeName = /[A-Za-z$][\w$-]*/y;
const conditionStart = /\s*([A-Za-z$][\w$-]*)\s+eq\s+/iy;
const conditionValue = /"((?:[^"\\]|\\["\\])*)"|true|false|[+-]?\d+(?:\.\d+)?/iy;
const conditionEnd = /\s*(and\s|\])/iy;
const coreUrn = /^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group)$/i;

/** Where a path could not be read: the index in its text and what should have stood there. */
class PathFault {
  constructor(
    readonly position: number,
    readonly expected: string,
  ) {}
}

const matchAt = (pattern: RegExp, text: string, position: number): RegExpExecArray | null => {
  pattern.lastIndex = position;
  return pattern.exec(text);
};

const toConditionValue = (attribute: string, token: string, quoted: string | undefined): string | boolean => {
  const text = quoted === undefined ? token : quoted.replace(/\\(["\\])/g, '$1');
  const lower = text.toLowerCase();
  const isBoolean = lower === 'true' || lower === 'false';
  return isBoolean && (quoted === undefined || attribute.toLowerCase() === 'primary') ? lower === 'true' : text;
};

const readConditions = (text: string, start: number): { conditions: PathCondition[]; end: number } | PathFault => {
  const conditions: PathCondition[] = [];
  for (let position = start; ; ) {
    const head = matchAt(conditionStart, text, position);
    if (head?.[1] === undefined) return new PathFault(position, 'a condition such as type eq "work"');
    const attribute = head[1];
    const valueAt = position + head[0].length;
    const value = matchAt(conditionValue, text, valueAt);
    if (value === null) return new PathFault(valueAt, 'a value in double quotes, true, false or a number');
    conditions.push({ attribute, value: toConditionValue(attribute, value[0], value[1]) });
    const endAt = valueAt + value[0].length;
    const end = matchAt(conditionEnd, text, endAt);
    if (end === null) return new PathFault(endAt, 'and, or a closing bracket');
    position = endAt + end[0].length;
    if (end[1] === ']') return { conditions, end: position };
  }
};

const readSteps = (text: string, start: number): PathStep[] | PathFault => {
  const steps: PathStep[] = [];
  for (let position = start; ; ) {
    const name = matchAt(attributeName, text, position);
    if (name === null) return new PathFault(position, 'an attribute name');
    position += name[0].length;
    let conditions: readonly PathCondition[] = [];
    if (text[position] === '[') {
      const selector = readConditions(text, position + 1);
      if (selector instanceof PathFault) return selector;
      conditions = selector.conditions;
      position = selector.end;
    }
    steps.push({ name: name[0], conditions });
    if (position === text.length) return steps;
    if (text[position] !== '.') return new PathFault(position, 'a dot, a selector in brackets or the end of the path');
    position += 1;
  }
};

/** The URN ends at the last colon before the first selector: it holds dots and colons itself. */
const splitUrn = (text: string): { urn: string | null; start: number } => {
  if (!/^urn:/i.test(text)) return { urn: null, start: 0 };
  const bracket = text.indexOf('[');
  const colon = text.lastIndexOf(':', bracket < 0 ? text.length : bracket);
  const urn = text.slice(0, colon);
  return { urn: coreUrn.test(urn) ? null : urn, start: colon + 1 };
};

/** Reads a path such as `name.givenName`, `emails[type eq "work"].value` or `urn:…:2.0:User:department`. */
export const parseTargetPath = (text: string): TargetPathResult => {
  const { urn, start } = splitUrn(text);
  const steps = readSteps(text, start);
  if (steps instanceof PathFault) return { kind: 'invalid', position: steps.position, expected: steps.expected };
  const [first, ...others] = steps;
  if (first === undefined) return { kind: 'invalid', position: start, expected: 'an attribute name' };
  return { kind: 'path', path: { text, urn, steps: [first, ...others] } };
};
