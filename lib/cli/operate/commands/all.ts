import type { Command } from '../command.js';
import { drift } from './drift.js';
import { escrows } from './escrows.js';
import { pause, restart, run, start, status, validate } from './job.js';
import { logs } from './logs.js';
import { preview, previewDrop, previewShow } from './preview.js';
import { provision } from './provision.js';
import { staged, stagedReject, stagedRelease } from './removals.js';
import { schemaGet, schemaPut, schemaRestore, schemaVersions } from './schema.js';
import { audit, consent, health } from './service.js';

/** Every command, as the help lists them. */
export const commands: readonly Command[] = [
  status,
  run,
  pause,
  start,
  restart,
  provision,
  logs,
  audit,
  preview,
  previewShow,
  previewDrop,
  schemaGet,
  schemaPut,
  schemaVersions,
  schemaRestore,
  staged,
  stagedRelease,
  stagedReject,
  escrows,
  drift,
  validate,
  consent,
  health,
];
