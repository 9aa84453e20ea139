/** Whether a document of unknown origin is what its schema says. */
import * as v from 'valibot';
import { visible } from '../../model/text/display.js';
import { truncate } from '../../model/text/text.js';
import { document, type JsonDiagnostic, type JsonDocument, type JsonPlace } from './schema/document.js';
import { DOCUMENT_VERSION } from './version.js';

/** The most columns of a value that is no good. */
const WIDEST_VALUE = 40;

/** @throws RangeError that says what is wrong where the document is of another version, or is not valid */
export function readDocument(json: unknown): JsonDocument {
  refuseOtherVersions(json);
  const read = v.safeParse(document, json, { abortEarly: true });
  if (!read.success) throw invalid(describe(read.issues[0]));
  refuseMisplaced(read.output);
  return read.output;
}

function refuseOtherVersions(json: unknown): void {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'version')) return;
  const { version } = json as { readonly version: unknown };
  if (typeof version === 'number' && version !== DOCUMENT_VERSION)
    throw new RangeError(
      `the document is of version ${version}, and this reads version ${DOCUMENT_VERSION}: ` +
        'print it anew with the ldfi that is to read it',
    );
}

function invalid(what: string): RangeError {
  return new RangeError(`the document is not valid: ${what}`);
}

/** `results[0].bounds.eot is 0, and not 1 or more` */
function describe({ path, expected, received }: v.BaseIssue<unknown>): string {
  const keys: readonly v.IssuePathItem[] = path ?? [];
  const place = keys.map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const where = place === '' ? 'the whole' : visible(place.replace(/^\./, ''));
  if (expected === 'never') return `${where} is unknown`;
  // JSON has no such value.
  if (received === 'undefined') return `${where} is missing`;
  return `${where} is ${truncate(visible(received), WIDEST_VALUE)}, and not ${inWords(expected ?? 'that')}`;
}

/** `1 or more`, `"a" or "b"` */
function inWords(expected: string): string {
  if (expected.startsWith('(')) return expected.slice(1, -1).replaceAll(' | ', ' or ');
  return expected.replace(/^>=(.*)/, '$1 or more').replace(/^<=(.*)/, '$1 or less');
}

/** What no schema can say: that what points into something points at what is there. */
function refuseMisplaced({ results, verifications, diagnostics, sources }: JsonDocument): void {
  const problems = verifications.flatMap(({ outcome }) => (outcome.kind === 'valid' ? [] : outcome.problems));
  for (const each of [...diagnostics, ...problems, ...results.flatMap(({ warnings }) => warnings)])
    for (const place of placesOf(each)) {
      const text = sources.at(place.source)?.text;
      if (text === undefined || place.start > place.end || place.end > text.length)
        throw invalid('a diagnostic points to where there is no text');
    }
}

function placesOf({ place, related }: JsonDiagnostic): readonly JsonPlace[] {
  const places = related.map((other) => other.place);
  return place === null ? places : [place, ...places];
}
