/** How long a program of Node takes until it says something. */
import { spawn } from 'node:child_process';
import { processorTimeOf } from './process-time.js';

/** Until the first output, in milliseconds. */
export interface Start {
  readonly elapsed: number;
  /** On all threads; undefined where the system does not tell. */
  readonly computed: number | undefined;
}

/** @throws Error where it says nothing */
export function start(args: readonly string[]): Promise<Start> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let first: Start | undefined;
    child.stdout.on('data', () => {
      first ??= { elapsed: performance.now() - began, computed: processorTimeOf(child.pid!) };
    });
    child.on('error', reject);
    child.on('close', () => {
      if (first === undefined) reject(new Error(`node ${args.join(' ')} says nothing`));
      else resolve(first);
    });
  });
}
