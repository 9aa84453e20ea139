/** Tests write programs as text, and want to hear at once where one is wrong. */
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import type { Program } from '../../src/model/rules/program.js';

export function programOf(text: string): Program {
  const { checked, diagnostics } = readDedalusText(text);
  if (checked === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return checked.program;
}
