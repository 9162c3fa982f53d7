import type { CredentialsDoor } from '../api/credentials.js';
import type { JobDefaults } from '../api/jobSettings.js';
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

export interface JobDoorParts {
  /** Shares the tokens of the service. */
  readonly saved: Target;
  readonly isConfigured: () => Promise<boolean>;
  readonly clock: Clock;
}

export const createJobDoor = (
  settings: Settings,
  deployed: EngineSettings,
  { saved, isConfigured, clock }: JobDoorParts,
): JobDoor => ({
  deployed,
  isConfigured,
  parsePolicy: parseRemovalPolicy,
  credentials: createCredentialsDoor(settings, saved, clock),
});
