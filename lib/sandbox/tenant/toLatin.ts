/** Letters that do not come apart into a base letter and a mark. */
const ownLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  þ: 'th',
  ð: 'd',
};

/** A Latin-script name as the part of a userPrincipalName: small letters a to z, digits and hyphens. */
export const toLatin = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9-]/g, (letter) => ownLetters[letter] ?? '');
