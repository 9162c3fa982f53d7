import type { AttributeMappingSource } from './synchronizationSchema.js';

/** What a mapping flows: nothing of its own, one text, or an expression. `member` is the member that held the text. */
export type MappingSource =
  | { readonly kind: 'none' }
  | { readonly kind: 'constant'; readonly value: string }
  | { readonly kind: 'expression'; readonly text: string; readonly member: 'expression' | 'name' };

const isPresent = (text: string | null | undefined): text is string =>
  text !== null && text !== undefined && text.trim() !== '';

const bareName = /^[^[\]"(),]+$/;

const readAttribute = (source: AttributeMappingSource): MappingSource => {
  if (!isPresent(source.expression)) return { kind: 'expression', text: `[${source.name ?? ''}]`, member: 'name' };
  const text = source.expression;
  return { kind: 'expression', text: bareName.test(text) ? `[${text}]` : text, member: 'expression' };
};

/** Exports write a constant's expression as a string literal and its plain text in `name`; by hand both occur bare. */
const readConstant = (source: AttributeMappingSource): MappingSource => {
  const text = source.expression;
  if (text?.trim().startsWith('"')) return { kind: 'expression', text, member: 'expression' };
  return { kind: 'constant', value: text ?? source.name ?? '' };
};

/** The source of a mapping. The expression text is the truth; `parameters` only repeat it and are not read. */
export const readMappingSource = (source: AttributeMappingSource | null | undefined): MappingSource => {
  if (source === null || source === undefined) return { kind: 'none' };
  switch (source.type) {
    case 'Attribute':
      return readAttribute(source);
    case 'Constant':
      return readConstant(source);
    case 'Function':
      return { kind: 'expression', text: source.expression ?? '', member: 'expression' };
  }
};
