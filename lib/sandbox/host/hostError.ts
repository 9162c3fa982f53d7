export type HostErrorCode =
  | 'SettingMissing'
  | 'SettingInvalid'
  | 'HostJsonInvalid'
  | 'LocalSettingsInvalid'
  | 'EntryMissing'
  | 'EntryRegistersNothing'
  | 'TriggerInvalid'
  | 'ScheduleInvalid'
  | 'RouteInvalid'
  | 'FunctionUnknown';

/** The host cannot do what it was asked for; the message says what to change. */
export class HostError extends Error {
  readonly code: HostErrorCode;

  constructor(code: HostErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HostError';
    this.code = code;
  }
}
