/** The fixed order in which output lists names, the same on every machine. */

/** By code units: the same on every machine, unlike what locales do. */
export function compareStrings(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
