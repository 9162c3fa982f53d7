/**
 * Lets callers that want the same thing at the same time share one run. Each may leave by its own signal; the run is
 * aborted when the last of them has left.
 */
export const createSingleFlight = <Result>(
  run: (signal: AbortSignal) => Promise<Result>,
): ((signal: AbortSignal) => Promise<Result>) => {
  let flight: Flight<Result> | null = null;
  return (signal) => {
    if (signal.aborted) {
      return Promise.reject(signal.reason);
    }
    if (flight === null) {
      const started = new Flight(run);
      const land = () => {
        if (flight === started) {
          flight = null;
        }
      };
      flight = started;
      started.result.then(land, land);
    }
    const joined = flight;
    return joined.join(signal, () => {
      // Whoever comes after the last one left starts anew, and does not share the abort.
      if (flight === joined) {
        flight = null;
      }
    });
  };
};

class Flight<Result> {
  private readonly controller = new AbortController();
  private passengers = 0;
  readonly result: Promise<Result>;

  constructor(run: (signal: AbortSignal) => Promise<Result>) {
    this.result = run(this.controller.signal);
  }

  join(signal: AbortSignal, onEmpty: () => void): Promise<Result> {
    this.passengers += 1;
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.passengers -= 1;
        reject(signal.reason);
        if (this.passengers === 0) {
          onEmpty();
          this.controller.abort(signal.reason);
        }
      };
      signal.addEventListener('abort', onAbort, { once: true });
      const leave = () => signal.removeEventListener('abort', onAbort);
      this.result.then(
        (value) => {
          leave();
          resolve(value);
        },
        (error) => {
          leave();
          reject(error);
        },
      );
    });
  }
}
