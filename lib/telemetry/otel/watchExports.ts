interface Result {
  /** 0: sent (OpenTelemetry, ExportResultCode). */
  readonly code: number;
}

interface Exporter<Items> {
  export(items: Items, done: (result: Result) => void): void;
}

/** Tells of the first of a row of exports that failed, so that a destination that is down is known and floods nothing. */
export const watchExports = <Items, Watched extends Exporter<Items>>(
  exporter: Watched,
  onFailure: () => void,
): Watched => {
  const send = exporter.export.bind(exporter);
  let isFailing = false;
  exporter.export = (items, done) =>
    send(items, (result) => {
      const failed = result.code !== 0;
      if (failed && !isFailing) onFailure();
      isFailing = failed;
      done(result);
    });
  return exporter;
};
