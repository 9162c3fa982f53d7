import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { HostError } from './hostError.js';

/** App settings by name. */
export type Settings = Readonly<Record<string, string>>;

const localSettingsShape = z.object({
  IsEncrypted: z.literal(false).optional(),
  Values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({}),
});

/**
 * The settings a host runs under: `Values` of local.settings.json in `appRoot`, where there is one, below the
 * environment. Throws `LocalSettingsInvalid`.
 */
export function loadSettings(appRoot: string, environment: NodeJS.ProcessEnv): Settings {
  const settings: Record<string, string> = { ...readLocalSettings(path.join(appRoot, 'local.settings.json')) };
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined) settings[name] = value;
  }
  return settings;
}

function readLocalSettings(file: string): Settings {
  if (!existsSync(file)) return {};
  try {
    return localSettingsShape.parse(JSON.parse(readFileSync(file, 'utf8'))).Values;
  } catch (error) {
    throw new HostError(
      'LocalSettingsInvalid',
      `${file}: expected {"IsEncrypted": false, "Values": {"NAME": "value"}} with plain values`,
      { cause: error },
    );
  }
}

/** One setting by name, without regard to case where the exact name is missing. */
export function readSetting(settings: Settings, name: string): string | undefined {
  const exact = settings[name];
  if (exact !== undefined) return exact;
  const found = Object.keys(settings).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : settings[found];
}

/** Replaces each `%NAME%` by the setting of that name. Throws `SettingMissing`; `where` names the binding. */
export function expandSettings(text: string, settings: Settings, where: string): string {
  return text.replace(/%([^%]+)%/g, (_whole, name: string) => {
    const value = readSetting(settings, name);
    if (value !== undefined) return value;
    throw new HostError('SettingMissing', `${where}: the setting ${name} is not set`);
  });
}

/** Writes the settings into `process.env`, where the app reads them, and returns what puts the old ones back. */
export function applySettings(settings: Settings): () => void {
  const before = new Map<string, string | undefined>();
  for (const [name, value] of Object.entries(settings)) {
    if (process.env[name] === value) continue;
    before.set(name, process.env[name]);
    process.env[name] = value;
  }
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
