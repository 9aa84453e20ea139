/** Whether a document of unknown origin is what its schema says. */
import { otherVersion, valid } from '../../runner/documents/valid.js';
import { document, type JsonDiagnostic, type JsonDocument, type JsonPlace } from './schema/document.js';
import { DOCUMENT_VERSION } from './version.js';

/** @throws RangeError that says what is wrong where the document is of another version, or is not valid */
export function readDocument(json: unknown): JsonDocument {
  refuseOtherVersions(json);
  const read = valid(document, json, invalid);
  refuseMisplaced(read);
  return read;
}

function refuseOtherVersions(json: unknown): void {
  const version = otherVersion(json, DOCUMENT_VERSION);
  if (version !== undefined)
    throw new RangeError(
      `the document is of version ${version}, and this reads version ${DOCUMENT_VERSION}: ` +
        'print it anew with the ldfi that is to read it',
    );
}

function invalid(what: string): RangeError {
  return new RangeError(`the document is not valid: ${what}`);
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
