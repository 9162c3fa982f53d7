/** A file's text: UTF-8, or UTF-16 with its mark, as PowerShell's `>` writes it. The mark itself is left out. */
export const decodeSchemaFile = (bytes: Uint8Array): string => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
};
