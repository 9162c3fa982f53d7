const maxLength = 160;

/**
 * Makes a server's words fit to be shown: e-mail addresses, addresses of pages, quoted parts, long tokens and digits are
 * masked, and so is every one of `values`, since a server likes to repeat what it was sent.
 */
export const maskText = (text: string, values: readonly string[] = []): string => {
  const withoutMarkup = text.replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ');
  const withoutValues = [...values]
    .filter((value) => value.trim().length > 1)
    .sort((one, other) => other.length - one.length)
    .reduce((masked, value) => replaceIgnoringCase(masked, value), withoutMarkup);
  const masked = withoutValues
    .replace(/\S+@\S+/g, '***')
    .replace(/\bhttps?:\/\/\S+/gi, '***')
    .replace(/"[^"]*"|“[^”]*”|(?<!\p{L})'[^']*'(?!\p{L})/gu, '"***"')
    .replace(/[\p{L}\p{N}_+/=-]{25,}/gu, '***')
    .replace(/\p{N}/gu, '#')
    .replace(/\s+/g, ' ')
    .trim();
  return masked.length > maxLength ? `${masked.slice(0, maxLength)}…` : masked;
};

const replaceIgnoringCase = (text: string, value: string): string =>
  text.replace(new RegExp(value.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'gi'), '***');
