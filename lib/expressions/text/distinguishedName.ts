/**
 * The values of a distinguished name's components from left to right, escapes undone (RFC 4514: `\,` and `\2C`; RFC 2253: quoted values).
 * Of a component of several pairs (`cn=a+ou=b`) the first counts.
 */
export function readDnValues(dn: string): string[] {
  return splitUnquoted(dn, ',;').map((component) => {
    const [pair = ''] = splitUnquoted(component, '+');
    return unescapeValue(trimUnescaped(pair.slice(pair.indexOf('=') + 1)));
  });
}

function splitUnquoted(text: string, separators: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charAt(index);
    if (unit === '\\') index += 1;
    else if (unit === '"') isQuoted = !isQuoted;
    else if (!isQuoted && separators.includes(unit)) {
      pieces.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...pieces, text.slice(start)];
}

/** An escaped space at the end belongs to the value. */
function trimUnescaped(text: string): string {
  const { length } = text.trimEnd();
  let backslashes = 0;
  while (text.charAt(length - 1 - backslashes) === '\\') backslashes += 1;
  return text.slice(0, length + (backslashes % 2)).trimStart();
}

/** Runs of `\XX` are the bytes of a UTF-8 text. */
function unescapeValue(value: string): string {
  const inner = value.length >= 2 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
  return inner.replace(/((?:\\[0-9A-Fa-f]{2})+)|\\([\s\S])/g, (_match, bytes: string | undefined, escaped: string) =>
    bytes === undefined ? escaped : Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString('utf8'),
  );
}
