/** Members in one request: far below the 100,000 characters that Zoom takes in a PATCH of a group. */
const membersPerRequest = 100;

export const page = (startIndex: number, count: number) => ({ startIndex: String(startIndex), count: String(count) });

export const userPath = (targetId: string): string => `/Users/${encodeURIComponent(targetId)}`;
export const groupPath = (targetId: string): string => `/Groups/${encodeURIComponent(targetId)}`;

export const toMembers = (ids: readonly string[]) => ids.map((id) => ({ value: id }));

export const inChunks = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / membersPerRequest) }, (_, index) =>
    ids.slice(index * membersPerRequest, (index + 1) * membersPerRequest),
  );
