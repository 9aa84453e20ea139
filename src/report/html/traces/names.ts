/** Names as the page shows them, of calls, services and traces; and where on the page things are. */
import { h } from 'hastscript';
import type { CallPoint } from '../../../lineage/traces/points.js';
import { visible } from '../../../model/text/display.js';
import { truncate } from '../../../model/text/text.js';
import type { ExampleTrace } from '../../../runner/traces/examples.js';
import { nameOfCall } from '../../text/traces/calls.js';
import type { Markup } from '../document.js';

/** Columns of a name; who made a longer one made it by mistake, or on purpose. */
const LONGEST = 200;

export function shortName(name: string): string {
  return truncate(visible(name), LONGEST);
}

export function serviceName(name: string): string {
  return name === '' ? '(no name)' : shortName(name);
}

/** @param last where calls in a loop are told as one, the ordinal of the last */
export function callName(point: CallPoint, last?: number): string {
  return shortName(nameOfCall(point, last));
}

/** Where on the page each trace is that can be opened there. */
export type TracePlaces = ReadonlyMap<string, string>;

export function placesOf(examples: readonly ExampleTrace[]): TracePlaces {
  return new Map(examples.map(({ traceId }, index) => [traceId, `trace-${index + 1}`]));
}

/** The id of a trace, which leads to it where it is on the page. */
export function traceLink(traceId: string, places: TracePlaces): Markup {
  const place = places.get(traceId);
  const id = h('code', visible(traceId));
  return place === undefined ? id : h('a', { href: `#${place}` }, [id]);
}
