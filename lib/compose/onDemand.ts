import type { Settings } from '../config/settings.js';
import { createOnDemand, type OnDemand } from '../engine/onDemand/createOnDemand.js';
import type { DemandParts } from '../engine/onDemand/demand.js';
import { createDemandQueue } from '../state/cycleQueue.js';
import { connectStorage } from './storage.js';

/** Provision on demand over the real queue; `parts.world.target` is the one with its own share of the rate. */
export const composeOnDemand = async (settings: Settings, parts: DemandParts): Promise<OnDemand> =>
  createOnDemand(parts, createDemandQueue({ connection: await connectStorage(settings) }));
