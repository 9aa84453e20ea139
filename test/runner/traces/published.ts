/** Traces that others published, beside the checkout; they are read where they are, and not a part of the project. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const publishedTraces = fileURLToPath(new URL('../../../../shared/traces', import.meta.url));

/** Why the tests of them are skipped, where they are. */
export const arePublishedTracesThere = existsSync(publishedTraces);

/** What is known of a file. Records are counted, before those of one span are merged. */
export interface PublishedTrace {
  readonly file: string;
  readonly traces: number;
  readonly spans: number;
  readonly services: number;
  readonly roots: number;
  readonly missingParent: number;
  readonly dupIds: number;
}

/** One line for each file: its name, and among other things counts such as `spans=7`. */
export function readManifest(): readonly PublishedTrace[] {
  return readFileSync(`${publishedTraces}/MANIFEST.txt`, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const count = (name: string): number => Number(new RegExp(` ${name}=(\\d+)`).exec(line)?.[1]);
      return {
        file: line.slice(0, line.indexOf(' ')),
        traces: count('traces'),
        spans: count('spans'),
        services: count('services'),
        roots: count('roots'),
        missingParent: count('missingParent'),
        dupIds: count('dupIds'),
      };
    });
}
