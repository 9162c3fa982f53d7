/** Requests that this process sent, by service, for the counts of a cycle. */
export interface RequestTally {
  add(service: 'graph' | 'zoom'): void;
  read(): { readonly graph: number; readonly zoom: number };
}

export const createRequestTally = (): RequestTally => {
  const sent = { graph: 0, zoom: 0 };
  return {
    add(service) {
      sent[service] += 1;
    },
    read: () => ({ ...sent }),
  };
};
