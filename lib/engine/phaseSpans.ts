import type { PhaseName } from './control.js';
import type { Fault } from './model.js';
import type { Span } from './ports.js';
import type { Slice } from './slice.js';

/** The spans of a slice's phases: one for as many steps as the phase takes in this slice. */
export interface PhaseSpans {
  /** Runs a step in the span of the phase that the cycle is in now. */
  run<T>(step: () => Promise<T>): Promise<T>;
  /** What kept the phase from its end; the first one counts. */
  fail(fault: Fault): void;
  end(): void;
}

export const createPhaseSpans = (slice: Slice): PhaseSpans => {
  let current: { readonly phase: PhaseName; readonly span: Span } | null = null;
  let code: string | null = null;
  const end = (): void => {
    current?.span.end(code === null ? {} : { code });
    current = null;
    code = null;
  };
  const begin = (): Span => {
    const { cycleId, phase, slice: number } = slice.cycle;
    if (current?.phase === phase) return current.span;
    end();
    const span = slice.world.tracer.beginPhase({ jobId: slice.world.jobId, cycleId, slice: number, phase });
    current = { phase, span };
    return span;
  };
  return {
    run: (step) => begin().run(step),
    fail: (fault) => {
      code ??= fault.code;
    },
    end,
  };
};
