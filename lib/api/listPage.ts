import { ApiError } from './apiError.js';
import type { ApiRequest } from './apiRequest.js';

/** Where a list goes on: what an earlier answer's link said. Throws `ApiError` 400 where no answer of ours can have said it. */
export const readSkipToken = ({ query }: ApiRequest): string | null => {
  const token = query.get('$skiptoken');
  if (token === null) return null;
  const text = Buffer.from(token, 'base64url').toString();
  if (Buffer.from(text).toString('base64url') === token && text !== '') return text;
  throw new ApiError(400, 'BadRequest', '$skiptoken: expected the one of an @odata.nextLink.', '$skiptoken');
};

/** How many rows a page is to have at most. */
export const readTop = ({ query }: ApiRequest, sizes: { readonly usual: number; readonly most: number }): number => {
  const text = query.get('$top');
  if (text === null) return sizes.usual;
  const top = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (top >= 1 && top <= sizes.most) return top;
  throw new ApiError(400, 'BadRequest', `$top: expected a whole number from 1 to ${sizes.most}.`, '$top');
};

/** The link to the next page, where there is one. */
export const nextLinkOf = (request: ApiRequest, cursor: string | null): { readonly '@odata.nextLink'?: string } => {
  if (cursor === null) return {};
  const url = new URL(request.url);
  url.searchParams.set('$skiptoken', Buffer.from(cursor).toString('base64url'));
  return { '@odata.nextLink': url.href };
};
