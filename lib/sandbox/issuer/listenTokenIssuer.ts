import { fromResponse, toRequest } from '../host/fetchShapes.js';
import { listenHttp } from '../host/httpServer.js';
import type { TokenIssuer } from './tokenIssuer.js';

export interface ListeningIssuer {
  /** Without a slash at the end; a tenant's issuer is `{url}/{tenantId}/v2.0`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the issuer on 127.0.0.1; its documents and tokens name that address from now on. Port 0 is a free one. */
export async function listenTokenIssuer(
  issuer: TokenIssuer,
  { port = 0 }: { readonly port?: number } = {},
): Promise<ListeningIssuer> {
  const server = await listenHttp('127.0.0.1', port, async (call) =>
    fromResponse(await issuer.handle(toRequest(call))),
  );
  issuer.setOrigin(server.url);
  return {
    url: server.url,
    async close() {
      const closed = server.close();
      server.cut();
      await closed;
    },
  };
}
