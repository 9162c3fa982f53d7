/** `path eq "value"` with the value as a JSON string (RFC 7644 3.4.2.2): quotes and backslashes are escaped. */
export const filterEquals = (path: string, value: string): string => `${path} eq ${JSON.stringify(value)}`;
