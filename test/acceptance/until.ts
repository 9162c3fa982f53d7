const askEveryMs = 5;

/** Resolves once `holds` does: for what another part of the process does meanwhile. The test's own time limit ends it. */
export const until = (holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const watch = setInterval(() => {
      if (!holds()) return;
      clearInterval(watch);
      resolve();
    }, askEveryMs);
  });
