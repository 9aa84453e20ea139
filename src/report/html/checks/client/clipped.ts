/** At most so many letters, the last of which says that there are more. */
export function clipped(text: string, letters: number): string {
  const all = Array.from(text);
  return all.length <= letters ? text : `${all.slice(0, letters - 1).join('')}…`;
}
