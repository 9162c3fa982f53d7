import type { JobSettings } from '../engine/jobSettings.js';
import type { RemovalPolicy, RemovalRule } from '../engine/removalPolicy.js';
import type { EngineSettings } from '../engine/settings.js';
import { settingsInForce } from '../engine/settingsInForce.js';
import { printDuration } from './printDuration.js';

/** One of Graph's `synchronizationJobSettings`. */
export interface NamedSetting {
  readonly name: string;
  readonly value: string;
}

export type ParsedPolicy =
  | { readonly kind: 'value'; readonly value: RemovalPolicy }
  | { readonly kind: 'expected'; readonly expected: string };

export type ParsePolicy = (text: string) => ParsedPolicy;

/** Graph's name of the deletion guard's number; the other names are ours. */
export const settingNames = [
  'QuarantineTooManyDeletesThreshold',
  'DeletionThresholdPercent',
  'DeletionThresholdDaily',
  'QuarantineEscrowMinimum',
  'QuarantineEscrowPercent',
  'QuarantineEscrowBase',
  'QuarantineEscrowTotal',
  'QuarantineSmallTenantPercent',
  'RemovalPolicy',
] as const;
export type SettingName = (typeof settingNames)[number];

/** The settings in force, by name. */
export const listSettings = (deployed: EngineSettings, job: JobSettings): readonly NamedSetting[] => {
  const inForce = settingsInForce(deployed, job);
  const { escrowThresholds: escrow } = inForce;
  return [
    { name: 'QuarantineTooManyDeletesThreshold', value: String(inForce.deletionThreshold) },
    { name: 'DeletionThresholdPercent', value: String(inForce.deletionThresholdPercent) },
    { name: 'DeletionThresholdDaily', value: String(inForce.deletionThresholdDaily) },
    { name: 'QuarantineEscrowMinimum', value: String(escrow.minimum) },
    { name: 'QuarantineEscrowPercent', value: String(escrow.percent) },
    { name: 'QuarantineEscrowBase', value: String(escrow.base) },
    { name: 'QuarantineEscrowTotal', value: String(escrow.total) },
    { name: 'QuarantineSmallTenantPercent', value: String(escrow.smallTenantPercent) },
    { name: 'RemovalPolicy', value: printPolicy(inForce.removalPolicy) },
  ];
};

const printPolicy = (policy: RemovalPolicy): string =>
  JSON.stringify(Object.fromEntries(Object.entries(policy).map(([trigger, rule]) => [trigger, printRule(rule)])));

const printRule = (rule: RemovalRule): string => {
  if (rule.kind !== 'delete') return rule.kind;
  return rule.afterMs === 0 ? 'delete' : `delete:${printDuration(rule.afterMs)}`;
};

export type SettingChange =
  | { readonly kind: 'change'; readonly change: Partial<JobSettings> }
  | { readonly kind: 'expected'; readonly expected: string };

/** What a named value makes of the job's settings; null takes the deployment's back into force. */
export const readSetting = (name: SettingName, value: string | null, parsePolicy: ParsePolicy): SettingChange => {
  switch (name) {
    case 'QuarantineTooManyDeletesThreshold':
      return readCount(value, (deletionThreshold) => ({ deletionThreshold }));
    case 'DeletionThresholdDaily':
      return readCount(value, (deletionThresholdDaily) => ({ deletionThresholdDaily }));
    case 'QuarantineEscrowMinimum':
      return readCount(value, (escrowMinimum) => ({ escrowMinimum }));
    case 'QuarantineEscrowBase':
      return readCount(value, (escrowBase) => ({ escrowBase }));
    case 'QuarantineEscrowTotal':
      return readCount(value, (escrowTotal) => ({ escrowTotal }));
    case 'DeletionThresholdPercent':
      return readPercent(value, (deletionThresholdPercent) => ({ deletionThresholdPercent }));
    case 'QuarantineEscrowPercent':
      return readPercent(value, (escrowPercent) => ({ escrowPercent }));
    case 'QuarantineSmallTenantPercent':
      return readPercent(value, (smallTenantPercent) => ({ smallTenantPercent }));
    case 'RemovalPolicy': {
      if (value === null) return { kind: 'change', change: { removalPolicy: null } };
      const parsed = parsePolicy(value);
      return parsed.kind === 'value' ? { kind: 'change', change: { removalPolicy: parsed.value } } : parsed;
    }
  }
};

type ToChange = (value: number | null) => Partial<JobSettings>;

const readCount = (value: string | null, toChange: ToChange): SettingChange =>
  readNumber(value, /^\d{1,7}$/, 1_000_000, 'a whole number from 0 to 1000000', toChange);

const readPercent = (value: string | null, toChange: ToChange): SettingChange =>
  readNumber(value, /^\d{1,3}(\.\d+)?$/, 100, 'a number from 0 to 100', toChange);

const readNumber = (
  text: string | null,
  pattern: RegExp,
  most: number,
  expected: string,
  toChange: ToChange,
): SettingChange => {
  if (text === null) return { kind: 'change', change: toChange(null) };
  const isNumber = pattern.test(text) && Number(text) <= most;
  return isNumber ? { kind: 'change', change: toChange(Number(text)) } : { kind: 'expected', expected };
};
