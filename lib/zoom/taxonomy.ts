import type { ScimFaultCode } from './advice.js';
import type { Operation, ScimAnswer } from './answer.js';
import { type ErrorText, readErrorText } from './errorText.js';
import { type Meaning, type TaxonomyRow, taxonomyTable } from './taxonomyTable.js';

export interface Classification {
  readonly code: ScimFaultCode;
  readonly meaning: Meaning;
  /** Zoom's own words of a known text, and names of fields: fit to be shown. */
  readonly details: readonly string[];
  /** The server's words where no row knows them; not yet fit to be shown. */
  readonly unknownText: string | null;
}

/** What an answer other than 2xx means: by status first, then by its words, numbers and scimType. */
export const classifyAnswer = (answer: ScimAnswer, operation: Operation): Classification => {
  const said = readErrorText(answer.body);
  const row = taxonomyTable.find((candidate) => fits(candidate, answer.status, operation, said));
  if (row === undefined) {
    const code = answer.status >= 500 ? 'InternalServerError' : 'RequestRefused';
    return { code, meaning: 'fault', details: said.fields, unknownText: said.text };
  }
  const quoted = row.quote?.exec(said.text)?.[0];
  const details = quoted === undefined ? said.fields : [quoted, ...said.fields];
  return { code: row.code, meaning: row.meaning, details, unknownText: namesSigns(row) ? null : said.text };
};

const namesSigns = (row: TaxonomyRow): boolean =>
  row.text !== undefined || row.codes !== undefined || row.scimTypes !== undefined;

const fits = (row: TaxonomyRow, status: number, operation: Operation, said: ErrorText): boolean =>
  row.statuses.includes(status) &&
  (row.operations?.includes(operation) ?? true) &&
  (row.structured !== true || said.isStructured) &&
  (!namesSigns(row) || showsSign(row, said));

const showsSign = (row: TaxonomyRow, { text, code, scimType }: ErrorText): boolean =>
  row.text?.test(text) === true ||
  (code !== null && row.codes?.includes(code) === true) ||
  (scimType !== null && row.scimTypes?.includes(scimType) === true);
