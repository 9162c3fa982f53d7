import { type Fault, FaultError } from '../../engine/model.js';
import { makeFault } from '../fault.js';
import { consentHeals, oauthAdvice } from './oauthAdvice.js';

/** Says where to authorise again, where that heals the fault. The address answers a link; it is none itself. */
export const pointToConsent = (fault: Fault, consentAddress: string): Fault =>
  consentHeals.has(fault.code)
    ? {
        ...fault,
        recommendedAction: `${fault.recommendedAction} Authorise again: POST ${consentAddress} answers with a link to open within ten minutes.`,
      }
    : fault;

/** There are no tokens. */
export const consentMissing = (consentAddress: string): FaultError => {
  const advice = { ...oauthAdvice.ConsentMissing, whose: 'job', retry: 'nextCycle' } as const;
  return new FaultError(pointToConsent(makeFault('ConsentMissing', advice), consentAddress));
};

/** Somebody else kept the turn. Nothing was asked of Zoom. */
export const tokensBusy = (): FaultError =>
  new FaultError(makeFault('TokensBusy', { ...oauthAdvice.TokensBusy, whose: 'us', retry: 'nextCycle' }));
