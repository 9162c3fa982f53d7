import type { CredentialsDoor } from '../api/credentials.js';
import type { JobDefaults } from '../api/patchJob.js';
import type { Clock } from '../clock.js';
import { parseRemovalPolicy } from '../config/removalPolicy.js';
import type { Settings } from '../config/settings.js';
import type { Target } from '../engine/ports.js';
import type { EngineSettings } from '../engine/settings.js';
import { createCredentialsDoor } from './credentialsDoor.js';

/** What the doors of the job need besides the world. */
export interface JobDoor extends JobDefaults {
  readonly credentials: CredentialsDoor;
}

export const createJobDoor = (settings: Settings, deployed: EngineSettings, saved: Target, clock: Clock): JobDoor => ({
  deployed,
  parsePolicy: parseRemovalPolicy,
  credentials: createCredentialsDoor(settings, saved, clock),
});
