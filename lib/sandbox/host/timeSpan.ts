const pattern = /^(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?$/;

/** Milliseconds of a .NET time span `[d.]hh:mm[:ss[.fffffff]]`, as host.json has them; null where it is none. */
export function parseTimeSpanMs(text: string): number | null {
  const match = pattern.exec(text.trim());
  if (match === null) return null;
  const [days, hours, minutes, seconds] = [match[1], match[2], match[3], match[4]].map((part) => Number(part ?? '0'));
  if (days === undefined || hours === undefined || minutes === undefined || seconds === undefined) return null;
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const fractionMs = Math.round(Number(`0.${match[5] ?? '0'}`) * 1000);
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + fractionMs;
}
