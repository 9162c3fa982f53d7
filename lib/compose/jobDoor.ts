import type { CredentialsDoor } from '../api/credentials.js';
import type { JobDefaults } from '../api/patchJob.js';
import type { Clock } from '../clock.js';
import { parseRemovalPolicy } from '../config/removalPolicy.js';
import type { Settings } from '../config/settings.js';
import type { Target } from '../engine/ports.js';
import type { EngineSettings } from '../engine/settings.js';
import { createCredentialsDoor } from './credentialsDoor.js';
import type { ZoomCredential } from './zoomCredential.js';

/** What the doors of the job need besides the world. */
export interface JobDoor extends JobDefaults {
  readonly credentials: CredentialsDoor;
}

export interface JobDoorParts {
  readonly settings: Settings;
  readonly deployed: EngineSettings;
  /** With the saved credentials. */
  readonly saved: Target;
  readonly zoomCredential: Pick<ZoomCredential, 'isConfigured'>;
  readonly clock: Clock;
}

export const createJobDoor = ({ settings, deployed, saved, zoomCredential, clock }: JobDoorParts): JobDoor => ({
  deployed,
  isConfigured: zoomCredential.isConfigured,
  parsePolicy: parseRemovalPolicy,
  credentials: createCredentialsDoor(settings, saved, clock),
});
