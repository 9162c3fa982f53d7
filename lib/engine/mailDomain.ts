/** The part of an address behind its last `@`, in lower case; empty where it is no text. */
export const domainOf = (address: unknown): string =>
  typeof address === 'string' ? address.slice(address.lastIndexOf('@') + 1).toLowerCase() : '';
