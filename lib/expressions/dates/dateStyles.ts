import { EvaluationError } from '../evaluationError.js';

const styleNames = [
  'None',
  'AllowLeadingWhite',
  'AllowTrailingWhite',
  'AllowInnerWhite',
  'AllowWhiteSpaces',
  'NoCurrentDateDefault',
  'AdjustToUniversal',
  'AssumeLocal',
  'AssumeUniversal',
  'RoundtripKind',
] as const;
export type DateStyle = (typeof styleNames)[number];
export type DateStyles = ReadonlySet<DateStyle>;

/** What holds where the styles are not given. */
export const defaultDateStyles: DateStyles = new Set(['RoundtripKind', 'AllowLeadingWhite', 'AllowTrailingWhite']);

const exclusions: readonly (readonly [DateStyle, DateStyle])[] = [
  ['RoundtripKind', 'AssumeLocal'],
  ['RoundtripKind', 'AssumeUniversal'],
  ['RoundtripKind', 'AdjustToUniversal'],
  ['AssumeLocal', 'AssumeUniversal'],
];

/** Reads .NET's DateTimeStyles by name, several parted by commas, `DateTimeStyles.` before them or not. Throws `EvaluationError`. */
export function readDateStyles(text: string): DateStyles {
  if (text.trim() === '') return defaultDateStyles;
  const styles = new Set(text.split(',').map(readStyle));
  if (styles.has('AllowWhiteSpaces')) {
    for (const style of ['AllowLeadingWhite', 'AllowInnerWhite', 'AllowTrailingWhite'] as const) styles.add(style);
  }
  const clash = exclusions.find((pair) => pair.every((style) => styles.has(style)));
  if (clash !== undefined) {
    throw new EvaluationError('InvalidDateStyles', `The date styles ${clash.join(' and ')} exclude each other`);
  }
  return styles;
}

function readStyle(text: string): DateStyle {
  const name = text.trim().replace(/^DateTimeStyles\./, '');
  const style = styleNames.find((candidate) => candidate === name);
  if (style !== undefined) return style;
  throw new EvaluationError('InvalidDateStyles', `dateTimeStyles must be among ${styleNames.join(', ')}`);
}
