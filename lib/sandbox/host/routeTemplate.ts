import { HostError } from './hostError.js';

/** A route as ASP.NET Core reads templates: matches a path, and knows how special it is. */
export interface RouteTemplate {
  readonly text: string;
  /** Lower sorts first: literals before constrained parameters before free ones before catch-alls, left to right. */
  readonly precedence: string;
  /** The parameters by name, decoded; null where the path does not match. Absent optional ones have no entry. */
  match(segments: readonly string[]): Record<string, string> | null;
}

interface Parameter {
  readonly name: string;
  readonly isCatchAll: boolean;
  readonly isOptional: boolean;
  readonly fallback: string | null;
  readonly tests: readonly RegExp[];
}

interface Segment {
  /** Literal text around parameters; a segment such as `functions('{name}')` has several parts. */
  readonly pattern: RegExp;
  readonly parameters: readonly Parameter[];
  readonly rank: '1' | '2' | '3' | '4' | '5';
}

const constraints: Readonly<Record<string, RegExp>> = {
  int: /^-?\d{1,10}$/,
  long: /^-?\d{1,19}$/,
  guid: /^\{?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i,
  bool: /^(true|false)$/i,
  alpha: /^[a-z]*$/i,
};

/** Throws `RouteInvalid`, naming the part of the template that cannot be read. */
export function parseRoute(text: string): RouteTemplate {
  const segments = text
    .split('/')
    .filter((part) => part !== '')
    .map((part) => parseSegment(part, text));
  const tail = segments.slice(0, -1).find((segment) => segment.parameters.some((parameter) => parameter.isCatchAll));
  if (tail !== undefined) throw invalid(text, 'only the last segment can be a catch-all');
  return {
    text,
    precedence: segments.map((segment) => segment.rank).join(''),
    match: (path) => matchSegments(segments, path),
  };
}

function parseSegment(part: string, route: string): Segment {
  const parameters: Parameter[] = [];
  let pattern = '';
  let rest = part;
  while (rest !== '') {
    const open = rest.indexOf('{');
    if (open < 0) break;
    const close = rest.indexOf('}', open);
    if (close < 0) throw invalid(route, `"${part}" has "{" without "}"`);
    const parameter = parseParameter(rest.slice(open + 1, close), route);
    parameters.push(parameter);
    pattern += `${escapeRegExp(rest.slice(0, open))}${parameter.isCatchAll ? '(.*)' : '(.+)'}`;
    rest = rest.slice(close + 1);
  }
  const isWhole = parameters.length === 1 && /^\{[^{}]*\}$/.test(part);
  if (!isWhole && parameters.some((parameter) => parameter.isCatchAll || parameter.isOptional)) {
    throw invalid(route, `"${part}": a catch-all or optional parameter must be a whole segment`);
  }
  return {
    pattern: new RegExp(`^${pattern}${escapeRegExp(rest)}$`, 'is'),
    parameters,
    rank: rankOf(parameters, isWhole),
  };
}

function rankOf(parameters: readonly Parameter[], isWhole: boolean): Segment['rank'] {
  const [first] = parameters;
  if (first === undefined) return '1';
  const isTested = first.tests.length > 0;
  if (first.isCatchAll) return isTested ? '4' : '5';
  return isTested || !isWhole ? '2' : '3';
}

function parseParameter(text: string, route: string): Parameter {
  const match = /^(\*{0,2})([A-Za-z_][\w-]*)((?::[^:=?]+)*)(?:=(.*)|(\?))?$/.exec(text);
  if (match === null) throw invalid(route, `"{${text}}" is no parameter`);
  const [, stars = '', name = '', tests = '', fallback, optional] = match;
  return {
    name,
    isCatchAll: stars !== '',
    isOptional: optional !== undefined || fallback !== undefined,
    fallback: fallback ?? null,
    tests: tests
      .split(':')
      .slice(1)
      .map((constraint) => {
        const test = constraints[constraint.toLowerCase()];
        if (test !== undefined) return test;
        const known = Object.keys(constraints).join(', ');
        throw invalid(route, `"{${text}}": the constraint "${constraint}" is not one of ${known}`);
      }),
  };
}

function matchSegments(segments: readonly Segment[], path: readonly string[]): Record<string, string> | null {
  const values: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const [first] = segment.parameters;
    const given = first?.isCatchAll === true ? path.slice(index).join('/') : path[index];
    if (given === undefined || given === '') {
      if (first === undefined || !(first.isOptional || first.isCatchAll)) return null;
      if (first.fallback !== null) values[first.name] = first.fallback;
      continue;
    }
    const match = segment.pattern.exec(given);
    if (match === null) return null;
    for (const [position, parameter] of segment.parameters.entries()) {
      const value = match[position + 1] ?? '';
      if (!parameter.tests.every((test) => test.test(value))) return null;
      values[parameter.name] = value;
    }
    if (first?.isCatchAll === true) return values;
  }
  return path.length > segments.length ? null : values;
}

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const invalid = (route: string, why: string): HostError => new HostError('RouteInvalid', `Route "${route}": ${why}.`);
