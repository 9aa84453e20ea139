/**
 * The text of `certificate.json`, both ways, by one schema. It is loaded where a certificate is written or read, which few
 * checks do.
 */
import * as v from 'valibot';
import {
  bounds,
  digits,
  flag,
  language,
  names,
  natural,
  ordinal,
  solver,
  text,
  time,
} from '../documents/words.js';
import { sha256 } from '../documents/digest.js';
import { otherVersion, valid } from '../documents/valid.js';
import { CERTIFICATE_FORMAT, CERTIFICATE_VERSION, type CertificateDocument } from './document.js';

const digest = v.pipe(text, v.regex(/^[0-9a-f]{64}$/, 'a SHA-256 digest'));

const variable = v.variant('kind', [
  v.strictObject({ variable: ordinal, kind: v.literal('lost'), from: text, to: text, time }),
  v.strictObject({
    variable: ordinal,
    kind: v.literal('down'),
    node: text,
    time,
    after: v.exactOptional(ordinal),
  }),
  ...(['out', 'paused'] as const).map((kind) =>
    v.strictObject({ variable: ordinal, kind: v.literal(kind), node: text, time }),
  ),
  v.strictObject({ variable: ordinal, kind: v.literal('named'), name: text, node: text, time }),
  v.strictObject({
    variable: ordinal,
    kind: v.literal('cut'),
    from: names,
    to: names,
    ways: v.picklist(['both', 'one']),
    time,
  }),
  ...(['late', 'again'] as const).map((kind) =>
    v.strictObject({ variable: ordinal, kind: v.literal(kind), from: text, to: text, time, by: ordinal }),
  ),
]);

/** What is said, in the order in which it is written; the compiler holds it to its type. */
const entries = {
  format: v.literal(CERTIFICATE_FORMAT),
  version: v.literal(CERTIFICATE_VERSION),
  ldfi: text,
  scenario: v.strictObject({ file: text, name: v.nullable(text), with: v.exactOptional(names) }),
  protocol: v.strictObject({ kind: language, sha256: digest }),
  nodes: names,
  bounds,
  faultSets: digits,
  properties: v.array(v.strictObject({ name: text, schedule: text })),
  established: v.strictObject({
    strategy: v.literal('compiled'),
    representation: v.picklist(['diagram', 'circuit', 'states']),
    solver,
    confirmed: flag,
  }),
  cnf: v.strictObject({ variables: natural, clauses: natural, sha256: digest }),
  variables: v.array(variable),
  proof: v.nullable(v.strictObject({ steps: natural, sha256: digest })),
};

/** What is no part of it is left out. */
const said: v.GenericSchema<unknown, CertificateDocument> = v.object(entries);
const written = v.strictObject({ ...entries, sha256: digest });

/** Ends with a digest of all that comes before it. @throws RangeError where it could not be read again */
export function printDocument(document: CertificateDocument): string {
  const ordered = valid(said, document, (what) => new RangeError(`a certificate cannot say that ${what}`));
  const body = JSON.stringify(ordered, undefined, 2).replace(/\n\}$/, '');
  return `${body},\n  "sha256": "${sha256(body)}"\n}\n`;
}

/** A document of another version than is read here. */
export class UnknownVersion extends Error {
  override readonly name = 'UnknownVersion';

  constructor(readonly version: number) {
    super(`version ${version}`);
  }
}

/**
 * What a text says. That it was not altered is yet to be seen: it is printed to the same text then.
 *
 * @throws SyntaxError where it is no JSON
 * @throws UnknownVersion where the document is of another version
 * @throws RangeError that says what is wrong where it is not valid
 */
export function parseDocument(document: string): CertificateDocument {
  const json = JSON.parse(document) as unknown;
  const other = otherVersion(json, CERTIFICATE_VERSION);
  if (other !== undefined) throw new UnknownVersion(other);
  return valid(written, json, (what) => new RangeError(what));
}
