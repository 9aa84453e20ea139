/** What the diagrams of Mermaid have in common. */

/** Everything that may have a meaning in Mermaid, or in the HTML that it makes, by its number. */
export function mermaidText(text: string): string {
  return text.replace(/[^\p{L}\p{N} ,.()@_=+*/–-]/gu, (character) => `#${character.codePointAt(0)!};`);
}
