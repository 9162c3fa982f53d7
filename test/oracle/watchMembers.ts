import type { Send } from '../../lib/http/send.js';

const membersAtMost = 100;
const charactersAtMost = 100_000;

/** Looks at each change of a group, and notes in sentences what must never be sent. */
export const watchMembers = (send: Send): { readonly send: Send; readonly wrongs: readonly string[] } => {
  const wrongs: string[] = [];
  const watched: Send = (input, init) => {
    const { method, url } = new Request(input, { method: init?.method ?? 'GET' });
    if (method === 'PATCH' && url.includes('/Groups/') && typeof init?.body === 'string')
      wrongs.push(...judge(init.body));
    return send(input, init);
  };
  return { send: watched, wrongs };
};

interface Operation {
  readonly op: string;
  readonly path?: string;
  readonly value?: unknown;
}

const judge = (body: string): readonly string[] => {
  const { Operations: operations }: { readonly Operations: readonly Operation[] } = JSON.parse(body);
  const ofMembers = operations.filter(({ path }) => path?.startsWith('members'));
  const count = ofMembers.reduce((sum, { value }) => sum + (Array.isArray(value) ? value.length : 1), 0);
  return [
    ...(count > membersAtMost ? [`one request changes ${count} members`] : []),
    ...(body.length > charactersAtMost ? [`one request has ${body.length} characters`] : []),
    ...(ofMembers.some(({ op }) => op === 'replace') ? ['a list of members is replaced'] : []),
    ...(ofMembers.some((one) => one.op === 'remove' && one.path === 'members' && !Array.isArray(one.value))
      ? ['members are removed without saying who']
      : []),
  ];
};
