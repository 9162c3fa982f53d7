/** What is wrong, in the words of a validation, with what helps to put it right. */
export interface DescribedFault {
  readonly message: string;
  readonly expected: string | null;
  readonly nearest: string | null;
}

const endSentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** One line: what is wrong, what was expected, and the nearest valid name unless the message has it already. */
export const describeFault = ({ message, expected, nearest }: DescribedFault): string =>
  [
    endSentence(message),
    ...(expected === null ? [] : [endSentence(`Expected ${expected}`)]),
    ...(nearest === null || message.includes(nearest) ? [] : [`Did you mean "${nearest}"?`]),
  ].join(' ');

/** As `describeFault`, with the position inside the text at the finding's path. */
export const describeFinding = (finding: DescribedFault & { readonly position: number | null }): string =>
  describeFault(
    finding.position === null
      ? finding
      : { ...finding, message: `At position ${finding.position}: ${finding.message}` },
  );
