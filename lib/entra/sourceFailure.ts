import { FaultError } from '../engine/model.js';
import { describeFault, type FaultDetail, type SourceFaultCode } from './faults.js';

/** The error that a failed read throws. */
export const sourceFailure = (code: SourceFaultCode, detail: FaultDetail = {}, cause?: unknown): FaultError =>
  new FaultError(describeFault(code, detail), cause === undefined ? undefined : { cause });
