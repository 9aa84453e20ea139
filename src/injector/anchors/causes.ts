/** What made nodes send what they sent in a run, as far as its lineage tells. */
import { compareStrings } from '../../model/order.js';
import type { Lineage, MessageVertex, VertexName } from '../../lineage/lineage.js';
import type { Run } from '../run.js';

/** A message that its sender had received, by its name; or of handlers the call in which it was sent: `onTick`. */
export type SendingCause =
  | { readonly kind: 'message'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string };

/** By the place of a sending, as {@link sendingPlace} names it. */
export type Causes = ReadonlyMap<string, SendingCause>;

/** Names what is sent in one run. */
export function sendingPlace({
  sent,
  from,
  to,
  name,
}: {
  readonly sent: number;
  readonly from: string;
  readonly to: string;
  readonly name: string;
}): string {
  return JSON.stringify([sent, from, to, name]);
}

/** Of all that arrived. Of several of one name that were sent together, the cause that is nearest, then the first by name. */
export function causesIn(lineage: Lineage, language: Run['language']): Causes {
  const nearest = new Map<string, Near>();
  for (const [vertexName, vertex] of lineage.vertices) {
    if (vertex.kind !== 'message') continue;
    const near = language === 'handlers' ? callOf(lineage, vertexName) : messageBehind(lineage, vertexName);
    const place = placeOf(vertex);
    const known = nearest.get(place);
    if (near !== undefined && (known === undefined || compareNear(near, known) < 0)) nearest.set(place, near);
  }
  return new Map([...nearest].map(([place, { cause }]) => [place, cause]));
}

interface Near {
  /** How many steps behind it. */
  readonly steps: number;
  readonly cause: SendingCause;
}

function placeOf({ sent, from, node: to, name }: MessageVertex): string {
  return sendingPlace({ sent, from, to, name });
}

function compareNear(a: Near, b: Near): number {
  return a.steps - b.steps || compareStrings(a.cause.name, b.cause.name);
}

const RECEIPT = 'onMessage.';

/** The call of a handler that sent a message. */
function callOf({ vertices, because }: Lineage, message: VertexName): Near | undefined {
  const call = because.get(message)!.map((name) => vertices.get(name)!)[0];
  if (call?.kind !== 'firing') return undefined;
  const cause: SendingCause = call.by.startsWith(RECEIPT)
    ? { kind: 'message', name: call.by.slice(RECEIPT.length) }
    : { kind: 'call', name: call.by };
  return { steps: 1, cause };
}

/** The nearest message that a message of rules rests on, without those that had to be absent. */
function messageBehind({ vertices, because }: Lineage, message: VertexName): Near | undefined {
  const seen = new Set([message]);
  let here: readonly VertexName[] = [message];
  for (let steps = 1; here.length > 0; steps++) {
    here = here
      .flatMap((name) => because.get(name)!)
      .filter((name) => {
        const isNew = !seen.has(name);
        seen.add(name);
        return isNew && vertices.get(name)!.kind !== 'absence';
      });
    const names = here.flatMap((name) => {
      const vertex = vertices.get(name)!;
      return vertex.kind === 'message' ? vertex.name : [];
    });
    const [first] = names.sort(compareStrings);
    if (first !== undefined) return { steps, cause: { kind: 'message', name: first } };
  }
  return undefined;
}
