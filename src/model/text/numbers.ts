/** Numbers as people read them. Independent of the locale, so that a report is the same on every machine. */

/** Digits beyond which nobody reads a number; it would take a line of its own, or a thousand. */
const MOST_DIGITS = 45;

/** With a comma between groups of three digits; where they are too many, in scientific form. */
export function formatCount(count: bigint | number): string {
  const digits = count.toString();
  if (digits.length > MOST_DIGITS) return formatScientific(BigInt(count));
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

const ORDINALS = ['zeroth', 'first', 'second', 'third'];

/** `first`, `second`, `third`, `4th`, `21st` */
export function formatOrdinal(number: number): string {
  const word = ORDINALS.at(number);
  if (word !== undefined) return word;
  const isTeen = Math.floor(number / 10) % 10 === 1;
  return `${number}${(isTeen ? undefined : ['th', 'st', 'nd', 'rd'].at(number % 10)) ?? 'th'}`;
}

/** Three significant digits, rounded half up: `8.07e18`. */
export function formatScientific(count: bigint): string {
  const digits = count.toString();
  const exponent = digits.length - 1;
  if (exponent < 3) return digits;
  const rounded = Math.floor((Number(digits.slice(0, 4)) + 5) / 10);
  const [mantissa, power] = rounded === 1000 ? [100, exponent + 1] : [rounded, exponent];
  const shown = mantissa.toString();
  return `${shown.slice(0, 1)}.${shown.slice(1)}e${power}`;
}

/** How much of `whole` is `part`: `12.5%`, and never `0%` or `100%` where that is only nearly so. */
export function formatShare(part: bigint, whole: bigint): string {
  if (part === 0n || whole === 0n) return '0%';
  if (part === whole) return '100%';
  const tenths = Number((part * 2000n + whole) / (whole * 2n));
  if (tenths === 0) return '<0.1%';
  if (tenths === 1000) return '>99.9%';
  return `${(tenths / 10).toFixed(1)}%`;
}

/** A length of time given in milliseconds. */
export function formatDuration(milliseconds: number): string {
  const whole = Math.round(milliseconds);
  if (whole < 1000) return `${whole} ms`;
  if (whole < 59_950) return `${(whole / 1000).toFixed(1)} s`;
  const seconds = Math.round(whole / 1000);
  return `${Math.floor(seconds / 60)} min ${(seconds % 60).toString().padStart(2, '0')} s`;
}

/** `1 crash`, `2 crashes`. */
export function plural(count: number | bigint, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 || count === 1n ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`;
}

/** `1.2 s by the clock, 1.4 s of the processor`, from milliseconds. */
export function formatTimeSpent({
  elapsed,
  processor,
}: Readonly<Record<'elapsed' | 'processor', number>>): string {
  return `${formatDuration(elapsed)} by the clock, ${formatDuration(processor)} of the processor`;
}
