const units = [
  ['D', 86_400_000],
  ['H', 3_600_000],
  ['M', 60_000],
  ['S', 1_000],
] as const;

/** An ISO 8601 duration in days, hours, minutes and seconds: a day is 24 hours, and months and weeks are never used. */
export const printDuration = (durationMs: number): string => {
  let left = durationMs;
  const parts = units.flatMap(([letter, ms]) => {
    const whole = letter === 'S' ? left / ms : Math.floor(left / ms);
    left -= whole * ms;
    return whole === 0 ? [] : [{ letter, text: `${whole}${letter}` }];
  });
  const days = parts.filter(({ letter }) => letter === 'D').map(({ text }) => text);
  const time = parts.filter(({ letter }) => letter !== 'D').map(({ text }) => text);
  if (parts.length === 0) return 'PT0S';
  return `P${days.join('')}${time.length > 0 ? `T${time.join('')}` : ''}`;
};
