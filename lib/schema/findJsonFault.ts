/** Where a text stops being JSON, and what should have stood there. */
export interface JsonFault {
  readonly position: number;
  readonly expected: string;
}

/** Far more than any schema has; what walks a document may call itself so often. */
const deepestLevel = 100;

type Awaited = 'value' | 'firstItem' | 'firstName' | 'name' | 'colon' | 'comma' | 'end';

const blanks = /[ \t\n\r]*/y;
/** Every character from the blank on, save the quotation mark and the backslash. */
const plain = '[ !#-\\[\\]-\uffff]*';
const text = new RegExp(`"${plain}(?:\\\\(?:["\\\\/bfnrt]|u[\\da-fA-F]{4})${plain})*"`, 'y');
const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

const matchLength = (pattern: RegExp, source: string, position: number): number => {
  pattern.lastIndex = position;
  return pattern.exec(source)?.[0].length ?? 0;
};

const expectations: Readonly<Record<Awaited, string>> = {
  value: 'a value',
  firstItem: 'a value or ]',
  firstName: 'a member’s name in double quotes or }',
  name: 'a member’s name in double quotes',
  colon: ':',
  comma: ', or the end of the list or object',
  end: 'the end of the document',
};

/** Finds the first place at which a text is no JSON (RFC 8259), or nests more than 100 levels; null where it is well. */
export const findJsonFault = (source: string): JsonFault | null => {
  const open: ('[' | '{')[] = [];
  let awaited: Awaited = 'value';
  const afterValue = (): Awaited => (open.length === 0 ? 'end' : 'comma');
  for (let position = 0; ; ) {
    position += matchLength(blanks, source, position);
    if (position === source.length && awaited === 'end') return null;
    const character = source[position] ?? '';
    const isValue: boolean = awaited === 'value' || awaited === 'firstItem';
    const isName: boolean = awaited === 'name' || awaited === 'firstName';
    const length = matchLength(text, source, position) || (isValue ? matchLength(scalar, source, position) : 0);
    if ((isValue || isName) && length > 0) {
      awaited = isName ? 'colon' : afterValue();
      position += length;
      continue;
    }
    const next = step(character, awaited, open);
    if (next === null) return { position, expected: expectations[awaited] };
    if (open.length > deepestLevel) return { position, expected: `at most ${deepestLevel} levels of nesting` };
    awaited = next === 'closed' ? afterValue() : next;
    position += 1;
  }
};

/** Takes a structural character; null where it may not stand. `open` holds what is not closed yet. */
const step = (character: string, awaited: Awaited, open: ('[' | '{')[]): Awaited | 'closed' | null => {
  const isValue = awaited === 'value' || awaited === 'firstItem';
  if (isValue && (character === '[' || character === '{')) {
    open.push(character);
    return character === '[' ? 'firstItem' : 'firstName';
  }
  if (character === ':' && awaited === 'colon') return 'value';
  const innermost = open.at(-1);
  if (character === ',' && awaited === 'comma') return innermost === '[' ? 'value' : 'name';
  const closes =
    (character === ']' && innermost === '[' && (awaited === 'comma' || awaited === 'firstItem')) ||
    (character === '}' && innermost === '{' && (awaited === 'comma' || awaited === 'firstName'));
  if (!closes) return null;
  open.pop();
  return 'closed';
};
