/** Traces that come through a pipe, which may stay open for as long as its other end likes. */
import { describe, expect, it } from 'vitest';
import { otlpJson, span, spanId } from '../lineage/traces/spans.js';
import { ended, start } from './program.js';
import { newFolder } from '../folders.js';

const reading = () => start(['trace', '-'], { folder: newFolder(), stdin: 'pipe' });

/** More than a pipe holds, so that what is written was read, and the program is at it. */
const MUCH = ' '.repeat(1_000_000);

describe('ldfi trace -', () => {
  it('reads a pipe to its end', async () => {
    const child = reading();
    child.stdin!.end(otlpJson([span({ spanId: spanId(1) })]));
    const { code, out, err } = await ended(child);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('1 trace, 1 span');
  });

  it('is ended by SIGINT while it waits for more', async () => {
    const child = reading();
    child.stdin!.write(MUCH, () => child.kill('SIGINT'));
    const { code, err } = await ended(child);
    expect({ code, err }).toEqual({ code: 130, err: '' });
  });
});
