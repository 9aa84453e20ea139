/**
 * The text of a saved counterexample, both ways, by one schema. Nothing in it depends on when or by which version it was
 * written, so that a folder of them changes only where counterexamples do. It is loaded where one is written or read.
 */
import * as v from 'valibot';
import type { AnchoredFault } from '../../injector/anchors/anchors.js';
import { formatBounds, withoutDefaults } from '../../model/text/bounds.js';
import { assertBounds } from '../../injector/bounds.js';
import { formatSchedule, parseSchedule } from '../../injector/schedule.js';
import { anchor } from '../documents/anchors.js';
import { nameOfFile } from '../documents/file-names.js';
import { otherVersion, valid } from '../documents/valid.js';
import { bounds, described, names, text, type Json } from '../documents/words.js';
import type { Regression } from './regression.js';

export const REGRESSION_VERSION = 1;

const schema = v.strictObject({
  format: v.literal('ldfi regression'),
  version: v.literal(REGRESSION_VERSION),
  scenario: v.strictObject({ file: text, name: v.nullable(text), with: v.exactOptional(names) }),
  nodes: names,
  bounds,
  breaks: described(names, 'The properties that it violated.'),
  faults: v.array(v.strictObject({ fault: described(text, 'As `ldfi replay --inject` takes it.'), anchor })),
});

/** The document is of a version that is not known. */
export class UnknownRegression extends Error {
  constructor(readonly version: number) {
    super(`it is of version ${version}`);
  }
}

export function printRegression({ scenario, nodes, bounds: within, breaks, faults }: Regression): string {
  const document: Json<typeof schema> = {
    format: 'ldfi regression',
    version: REGRESSION_VERSION,
    scenario,
    nodes,
    // In the same order, whoever gave them.
    bounds: withoutDefaults(within),
    breaks,
    faults: faults.map(({ fault, anchor: by }) => ({ fault: formatSchedule([fault]), anchor: by })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** @throws SyntaxError, RangeError that says what is wrong; UnknownRegression */
export function parseRegression(written: string): Regression {
  const json: unknown = JSON.parse(written);
  const version = otherVersion(json, REGRESSION_VERSION);
  if (version !== undefined) throw new UnknownRegression(version);
  const document = valid(schema, json, (what) => new RangeError(what));
  const scope = { nodes: document.nodes, bounds: document.bounds };
  if (new Set(scope.nodes).size < scope.nodes.length) throw new RangeError('nodes names one twice');
  assertBounds(scope.nodes, scope.bounds);
  const read = parseSchedule(document.faults.map(({ fault }) => fault).join('; '), scope);
  if (read.kind === 'malformed') throw new RangeError(`faults: ${read.diagnostics[0].message}`);
  const faults = document.faults.map(({ fault, anchor: by }): AnchoredFault => {
    const single = read.faults.filter((each) => formatSchedule([each]) === fault);
    if (single.length !== 1) throw new RangeError(`\`${fault}\` is not one fault as ldfi writes it`);
    return { fault: single[0], anchor: by };
  });
  return { ...document, faults };
}

/** The same for the same counterexample, at whatever times it is. */
export function nameOfRegression({ scenario, nodes, bounds: within, faults }: Regression): string {
  const { file, name, with: parts = [] } = scenario;
  const cut = faults.map(({ fault, anchor: by }) => [
    // Times are in no name, but where nothing else tells when.
    by.kind === 'time' ? formatSchedule([fault]) : withoutTimes(fault),
    by,
  ]);
  const identity = [file, name, nodes, formatBounds(within), parts, cut];
  return `${nameOfFile(name ?? file, within, identity)}.json`;
}

function withoutTimes(fault: AnchoredFault['fault']): object {
  const { time, ...rest } = fault;
  return 'until' in rest ? { ...rest, until: rest.until - time } : rest;
}
