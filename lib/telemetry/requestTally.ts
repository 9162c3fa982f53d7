/** Requests that this process sent, by service, for the counts of a cycle. Token requests do not count. */
export interface RequestTally {
  add(request: { readonly service: 'graph' | 'zoom'; readonly path: string }): void;
  read(): { readonly graph: number; readonly zoom: number };
}

const tokenPath = /\/oauth\/token$/;

export const createRequestTally = (): RequestTally => {
  const sent = { graph: 0, zoom: 0 };
  return {
    add({ service, path }) {
      if (!tokenPath.test(path)) sent[service] += 1;
    },
    read: () => ({ ...sent }),
  };
};
