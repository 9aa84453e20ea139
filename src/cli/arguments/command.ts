/** What every command of the command line is here: its words as commander takes them, and what they ask for. */
import type { Command } from 'commander';
import type { Invocation } from '../invocation.js';

/** Adds a command to the program; where it is typed, what it asks for is handed over. */
export type DescribedCommand = (program: Command, ask: (invocation: Invocation) => void) => void;
