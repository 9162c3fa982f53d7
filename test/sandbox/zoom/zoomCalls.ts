import {
  createZoomSimulator,
  type ZoomSimulator,
  type ZoomSimulatorOptions,
} from '../../../lib/sandbox/zoom/simulator.js';

export const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const loginType = 'urn:us:zoom:scim:schemas:extension:1.0:ZoomUser';
export const extension = 'urn:ietf:params:scim:schemas:extension:zoom:1.0:User';
export const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export const credentials = {
  accountId: 'ACC123',
  clientId: 'client-1',
  clientSecret: 'secret-1',
  redirectUris: ['http://127.0.0.1:7071/api/zoom/callback'],
  staticTokens: ['static-1'],
};

/** A simulator whose domain is contoso.example and that limits nothing unless asked to. */
export const startZoom = (options: Partial<ZoomSimulatorOptions> = {}): ZoomSimulator =>
  createZoomSimulator({
    credentials,
    ...options,
    settings: { associatedDomains: ['contoso.example'], rate: 'off', ...options.settings },
  });

/** What a test reads of an answer; members that this answer does not have are undefined all the same. */
export interface AnswerBody {
  readonly id: string;
  readonly detail: string;
  readonly userName: string;
  readonly userType: string;
  readonly active: boolean;
  readonly emails: readonly [{ readonly value: string }];
  readonly roles: readonly [{ readonly value: string }];
  readonly members: readonly { readonly value: string }[];
  readonly Resources: readonly [AnswerBody, ...AnswerBody[]];
  readonly totalResults: number;
  readonly access_token: string;
  readonly refresh_token: string;
  readonly [member: string]: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: AnswerBody;
}

const parse = (text: string): AnswerBody => {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse('{}');
  }
};

/** Reads a response to its end. */
export const readAnswer = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
};

/** Calls the simulator as a client with a good token; a body that is text goes out as it is. */
export const call = async (
  zoom: ZoomSimulator,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> => {
  const request = new Request(`https://api.zoom.us${path}`, {
    method,
    headers: { Authorization: 'Bearer static-1', 'Content-Type': 'application/scim+json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return readAnswer(await zoom.handle(request));
};

export const userPath = (id: string): string => `/scim2/Users/${encodeURIComponent(id)}`;
export const filterPath = (filter: string): string => `/scim2/Users?filter=${encodeURIComponent(filter)}`;

/** A creation as an ordinary client sends it. */
export const newUser = (userName: string, more: Record<string, unknown> = {}) => ({
  schemas: [core, enterprise, loginType],
  userName,
  name: { givenName: 'Mina', familyName: 'Okoro' },
  emails: [{ type: 'work', value: userName, primary: true }],
  active: true,
  [loginType]: { loginType: { sso: true, workEmail: false } },
  ...more,
});

export const patchActive = (value: unknown) => ({
  schemas: [patchOp],
  Operations: [{ op: 'replace', path: 'active', value }],
});
