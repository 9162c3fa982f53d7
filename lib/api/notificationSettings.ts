import { z } from 'zod';
import type { JobSettings } from '../engine/jobSettings.js';

/** The text that Entra keeps under the key `SyncNotificationSettings`. */
const shape = z.strictObject({
  Enabled: z.boolean(),
  Recipients: z.string().nullish(),
  DeleteThresholdEnabled: z.boolean().nullish(),
  DeleteThresholdValue: z.union([z.int().min(0).max(1_000_000), z.string().regex(/^\d{1,7}$/)]).nullish(),
  HumanResourcesLookaheadQueryEnabled: z.literal(false).nullish(),
});

const address = z.email();

const readRecipients = (text: string): readonly string[] => text.split(/[;,]/).flatMap((one) => one.trim() || []);

/** What the text makes of the job's settings; null where it is none. Without a threshold the deployment's counts. */
export const readNotificationSettings = (text: string): Partial<JobSettings> | null => {
  const parsed = shape.safeParse(readJson(text));
  if (!parsed.success) return null;
  const { Enabled, Recipients, DeleteThresholdEnabled, DeleteThresholdValue } = parsed.data;
  const recipients = readRecipients(Recipients ?? '');
  if (Enabled && (recipients.length === 0 || !recipients.every((one) => address.safeParse(one).success))) return null;
  if (DeleteThresholdEnabled && DeleteThresholdValue == null) return null;
  return {
    notificationEmails: Enabled ? recipients : [],
    ...(DeleteThresholdEnabled == null
      ? {}
      : { deletionThreshold: DeleteThresholdEnabled ? Number(DeleteThresholdValue) : null }),
  };
};

/** The text that Entra would show for these settings. */
export const printNotificationSettings = ({ notificationEmails, deletionThreshold }: JobSettings): string =>
  JSON.stringify({
    Enabled: (notificationEmails ?? []).length > 0,
    Recipients: (notificationEmails ?? []).join(';'),
    DeleteThresholdEnabled: deletionThreshold !== null,
    ...(deletionThreshold === null ? {} : { DeleteThresholdValue: deletionThreshold }),
  });

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller names what was expected
  }
};
