/** The colours of reports and diagnostics. */
import { Chalk } from 'chalk';
import type { Style } from '../index.js';
import type { Screen } from './io.js';

/** @param wanted false where the user asked for none */
export function styleFor(screen: Screen, wanted: boolean): Style {
  const chalk = new Chalk({ level: wanted ? screen.colourLevel : 0 });
  return {
    strong: (text) => chalk.bold(text),
    faint: (text) => chalk.dim(text),
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    caution: (text) => chalk.yellow(text),
  };
}
