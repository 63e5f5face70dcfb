const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const PATTERN = /^\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;

/** The milliseconds since 1970 of an HTTP date in its one form that servers still send (RFC 9110, §5.6.7); else undefined. */
export function parseHttpDate(text: string): number | undefined {
  const [, day, name = "", year, hours, minutes, seconds] = PATTERN.exec(text.trim()) ?? [];
  const month = MONTHS.indexOf(name);
  if (month < 0) return undefined;
  const days = daysSince1970(Number(year), month + 1, Number(day));
  return (((days * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

/** Of the Gregorian calendar. A year begins in March, so that the leap day is its last. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const leapDays = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  // From March on, months have 31, 30, 31, 30, 31 days over and over: 153 in five.
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return y * 365 + leapDays + dayOfYear - 719_468;
}
