import { EvaluationError } from '../evaluationError.js';

/** The character classes of Windows' password complexity rule. */
const classes = {
  numbers: '0123456789',
  specials: '~!@#$%^&*_-+=`|\\(){}[]:;"\'<>,.?/',
  capitals: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  lowers: 'abcdefghijklmnopqrstuvwxyz',
};

/** The length of a random text, the least number of characters of each class, and the characters that must not occur. */
export interface RandomTextRequest extends Readonly<Record<keyof typeof classes, bigint>> {
  readonly length: bigint;
  readonly avoid: string;
}

/** `random(limit)` gives a whole number from 0 to below `limit`. Throws `EvaluationError` for what cannot be. */
export function randomText(request: RandomTextRequest, random: (limit: number) => number): string {
  const { avoid, length } = request;
  if (length < 0n || length > 256n) throw impossible('length must be from 0 to 256');
  const allowed = [
    { minimum: request.numbers, characters: without(classes.numbers, avoid) },
    { minimum: request.specials, characters: without(classes.specials, avoid) },
    { minimum: request.capitals, characters: without(classes.capitals, avoid) },
    { minimum: request.lowers, characters: without(classes.lowers, avoid) },
  ];
  const needed = allowed.reduce((sum, { minimum }) => sum + (minimum > 0n ? minimum : 0n), 0n);
  if (needed > length) throw impossible('length is less than the minimums together');
  const pick = (characters: string) => characters.charAt(random(characters.length));
  const picked: string[] = [];
  for (const { minimum, characters } of allowed) {
    if (minimum > 0n && characters === '')
      throw impossible('charactersToAvoid leaves nothing of a class that is needed');
    for (let count = 0; count < minimum; count += 1) picked.push(pick(characters));
  }
  const all = allowed.map(({ characters }) => characters).join('');
  if (all === '' && length > 0n) throw impossible('charactersToAvoid leaves no character');
  while (picked.length < length) picked.push(pick(all));
  return shuffle(picked, random).join('');
}

function without(characters: string, avoid: string): string {
  return characters
    .split('')
    .filter((character) => !avoid.includes(character))
    .join('');
}

/** Fisher and Yates: every order is equally likely. */
function shuffle(picked: readonly string[], random: (limit: number) => number): string[] {
  const shuffled: string[] = [];
  for (const character of picked) {
    const place = random(shuffled.length + 1);
    shuffled.push(shuffled[place] ?? character);
    shuffled[place] = character;
  }
  return shuffled;
}

function impossible(reason: string): EvaluationError {
  return new EvaluationError('ImpossibleRandomString', `RandomString: ${reason}`);
}
