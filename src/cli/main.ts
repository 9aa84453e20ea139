#!/usr/bin/env node
/**
 * The program `ldfi`. This thread never computes for long, so that signals are always heard; the work is done in
 * another, which is started before anything else is loaded, so that both load at the same time.
 */
import { once } from 'node:events';
import { newThread } from './threads.js';

// Where nobody listens, a signal ends the process at once.
process.on('SIGINT', () => undefined);
const interruption = once(process, 'SIGINT');
const impatience = interruption.then(() => once(process, 'SIGINT'));
const threadFile = new URL('./thread.js', import.meta.url);
const thread = newThread(threadFile);

const { runProgram } = await import('./program.js');
await runProgram({ home: new URL('../../', import.meta.url), threadFile, thread, interruption, impatience });
