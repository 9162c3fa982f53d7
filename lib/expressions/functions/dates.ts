import { toInteger, toText } from '../convert.js';
import { fromActiveDirectoryTime, toActiveDirectoryTime } from '../dates/activeDirectoryTime.js';
import { type FormatPiece, readDateFormat } from '../dates/dateFormat.js';
import { defaultDateStyles, readDateStyles } from '../dates/dateStyles.js';
import { addInterval, countIntervals, toInterval } from '../dates/intervals.js';
import { parseDate } from '../dates/parseDate.js';
import { readDate } from '../dates/readDate.js';
import { fromUnixMs } from '../dates/ticks.js';
import { writeDate } from '../dates/writeDate.js';
import { defineFunction } from '../defineFunction.js';
import type { FunctionDefinition } from '../functionDefinition.js';
import { integer, nullResult, optional, type Parameter, parameterOf, text } from '../parameters.js';
import type { CallNode } from '../syntaxTree.js';
import type { DateTime, Value } from '../values.js';

const interval = parameterOf('interval', 'String', 'yyyy, m (month), d, ww, h, n (minute) or s.', (value) =>
  value === null ? nullResult : toInterval(toText(value) ?? ''),
);

function date(name: string, description: string): Parameter<DateTime> {
  return parameterOf(name, 'DateTime', description, (value: Value) => {
    if (value === null) return nullResult;
    if (typeof value === 'object' && 'kind' in value && value.kind === 'dateTime') return value;
    return parseDate(toText(value) ?? '');
  });
}

function format(name: string, use: 'read' | 'write', description: string): Parameter<readonly FormatPiece[]> {
  const read = (value: Value) => readDateFormat(toText(value) ?? '', use);
  return parameterOf(name, 'String', description, read, { remembers: true });
}

const styles = parameterOf(
  'dateTimeStyles',
  'String',
  'Names of .NET DateTimeStyles with commas between them; RoundtripKind, AllowLeadingWhite, AllowTrailingWhite if omitted.',
  (value) => readDateStyles(toText(value) ?? ''),
);

/** Functions on dates. A date shown as text is `M/d/yyyy h:mm:ss tt` in UTC. */
export const dateFunctions: readonly FunctionDefinition[] = [
  defineFunction({
    name: 'Now',
    summary: 'The current time in UTC.',
    parameters: [],
    result: 'DateTime',
    evaluate: (_values, { context }) => fromUnixMs(context.nowMs),
  }),
  defineFunction({
    name: 'CDate',
    summary: 'The date that a text names, in UTC.',
    parameters: [date('expression', 'A date in ISO 8601 form, or as month/day/year with an optional time.')],
    result: 'DateTime',
    evaluate: ([value]) => value,
  }),
  defineFunction({
    name: 'DateAdd',
    summary:
      'A date so many units later, or earlier where the number is negative. Months and years end at the last of the month.',
    parameters: [interval, integer('value', 'How many units.'), date('dateTime', 'The date to count from.')],
    result: 'DateTime',
    evaluate: ([unit, value, from]) => addInterval(unit, value, from),
  }),
  defineFunction({
    name: 'DateDiff',
    summary: 'The number of units from the first date to the second, negative where the second is earlier.',
    parameters: [interval, date('date1', 'The first date.'), date('date2', 'The second date.')],
    result: 'Integer',
    evaluate: ([unit, from, to]) => countIntervals(unit, from, to),
  }),
  defineFunction({
    name: 'DateFromNum',
    summary: "The date of Active Directory's time, 100-nanosecond ticks since 1601.",
    parameters: [
      parameterOf('value', 'Integer', 'The number of ticks.', (value) =>
        value === null ? nullResult : fromActiveDirectoryTime(toInteger(value)),
      ),
    ],
    result: 'DateTime',
    evaluate: ([value]) => value,
  }),
  defineFunction({
    name: 'NumFromDate',
    summary: "A date as Active Directory's time, 100-nanosecond ticks since 1601.",
    parameters: [date('value', 'A date in ISO 8601 form; UTC where it has no zone.')],
    result: 'Integer',
    evaluate: ([value]) => toActiveDirectoryTime(value),
  }),
  defineFunction({
    name: 'FormatDateTime',
    summary:
      'A date text in another format. Formats are .NET custom date formats; the text must match the input format exactly.',
    parameters: [
      text('source', 'The date text.'),
      optional(styles),
      format('inputFormat', 'read', 'The format of the source.'),
      format('outputFormat', 'write', 'The format of the result.'),
    ],
    result: 'String',
    rearrange: fromOlderForm,
    evaluate: ([source, dateStyles = defaultDateStyles, inputFormat, outputFormat], { context }) => {
      const read = readDate(source, inputFormat, dateStyles, fromUnixMs(context.nowMs));
      return writeDate(read.date, read.kind, outputFormat);
    },
  }),
];

/** Three arguments are the form before the styles were added: source, input format, output format. */
function fromOlderForm(node: CallNode): CallNode {
  const [source, inputFormat, outputFormat, ...rest] = node.arguments;
  if (!source || !inputFormat || !outputFormat || rest.length > 0 || inputFormat.kind === 'omitted') return node;
  const omitted = { kind: 'omitted', start: inputFormat.start, end: inputFormat.start } as const;
  return { ...node, arguments: [source, omitted, inputFormat, outputFormat] };
}
