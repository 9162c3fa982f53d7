import { Duration } from 'luxon';
import type { JobSettings } from '../engine/jobSettings.js';
import type { RemovalPolicy, RemovalRule } from '../engine/removalPolicy.js';
import type { EngineSettings } from '../engine/settings.js';
import { settingsInForce } from '../engine/settingsInForce.js';

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
export const settingNames = ['QuarantineTooManyDeletesThreshold', 'DeletionThresholdPercent', 'RemovalPolicy'] as const;
export type SettingName = (typeof settingNames)[number];

/** The settings in force, by name. */
export const listSettings = (deployed: EngineSettings, job: JobSettings): readonly NamedSetting[] => {
  const inForce = settingsInForce(deployed, job);
  return [
    { name: 'QuarantineTooManyDeletesThreshold', value: String(inForce.deletionThreshold) },
    { name: 'DeletionThresholdPercent', value: String(inForce.deletionThresholdPercent) },
    { name: 'RemovalPolicy', value: printPolicy(inForce.removalPolicy) },
  ];
};

const printPolicy = (policy: RemovalPolicy): string =>
  JSON.stringify(Object.fromEntries(Object.entries(policy).map(([trigger, rule]) => [trigger, printRule(rule)])));

const printRule = (rule: RemovalRule): string => {
  if (rule.kind !== 'delete') return rule.kind;
  return rule.afterMs === 0 ? 'delete' : `delete:${Duration.fromMillis(rule.afterMs).rescale().toISO()}`;
};

export type SettingChange =
  | { readonly kind: 'change'; readonly change: Partial<JobSettings> }
  | { readonly kind: 'expected'; readonly expected: string };

/** What a named value makes of the job's settings; null takes the deployment's back into force. */
export const readSetting = (name: SettingName, value: string | null, parsePolicy: ParsePolicy): SettingChange => {
  switch (name) {
    case 'QuarantineTooManyDeletesThreshold':
      return readNumber(value, /^\d{1,7}$/, 1_000_000, 'a whole number from 0 to 1000000', (deletionThreshold) => ({
        deletionThreshold,
      }));
    case 'DeletionThresholdPercent':
      return readNumber(value, /^\d{1,3}(\.\d+)?$/, 100, 'a number from 0 to 100', (deletionThresholdPercent) => ({
        deletionThresholdPercent,
      }));
    case 'RemovalPolicy': {
      if (value === null) return { kind: 'change', change: { removalPolicy: null } };
      const parsed = parsePolicy(value);
      return parsed.kind === 'value' ? { kind: 'change', change: { removalPolicy: parsed.value } } : parsed;
    }
  }
};

const readNumber = (
  text: string | null,
  pattern: RegExp,
  most: number,
  expected: string,
  toChange: (value: number | null) => Partial<JobSettings>,
): SettingChange => {
  if (text === null) return { kind: 'change', change: toChange(null) };
  const isNumber = pattern.test(text) && Number(text) <= most;
  return isNumber ? { kind: 'change', change: toChange(Number(text)) } : { kind: 'expected', expected };
};
