/**
 * Which counterexamples are alike: they take the same messages away, whenever, and strike the same nodes; or those of nodes
 * that stand for each other. Who stands for whom is read off the run without faults: where renaming nodes leaves all of its
 * messages as they are, by name and time.
 */
import { kindOf } from '../injector/faults.js';
import type { Message, Run } from '../injector/run.js';
import { inTime } from '../model/world.js';
import { groupBy } from '../model/group.js';
import { compareStrings } from '../model/order.js';
import type { Counterexample, Verdict } from './result.js';

/** By node, its new name. */
type Renaming = ReadonlyMap<string, string>;

/** Renamings that are looked for: more nodes than a few that are all alike have more than anybody looks at. */
const MOST_RENAMINGS = 1_000;

/** Ways to begin a renaming that are tried. */
const MOST_TRIED = 20_000;

/**
 * With the first counterexample named that each later one is like.
 *
 * @param failureFree makes the run without faults
 */
export function withLikeness(verdict: Verdict, failureFree: () => Run): Verdict {
  if (verdict.kind !== 'violated' || verdict.counterexamples.length === 1) return verdict;
  const renamings = symmetriesOf(failureFree());
  const firsts = new Map<string, number>();
  const [first, ...others] = verdict.counterexamples.map((counterexample, place): Counterexample => {
    const key = canonical(counterexample, renamings);
    const alike = firsts.get(key);
    if (alike === undefined) firsts.set(key, place);
    return alike === undefined ? counterexample : { ...counterexample, alike };
  });
  return { ...verdict, counterexamples: [first, ...others] };
}

/** All renamings that leave the messages of a run as they are; where they are too many, none but that which changes nothing. */
export function symmetriesOf({ nodes, messages }: Run): readonly Renaming[] {
  const sent = groupBy(messages, ({ from, to }) => JSON.stringify([from, to]));
  const traffic = (from: string, to: string) =>
    (sent.get(JSON.stringify([from, to])) ?? []).map((each) => `${each.sent} ${each.name}`).join();
  const found: Renaming[] = [];
  let tried = 0;
  const extend = (names: readonly string[]): void => {
    const node = nodes[names.length] as string | undefined;
    if (node === undefined) {
      found.push(new Map(names.map((name, place) => [nodes[place], name])));
      return;
    }
    for (const name of nodes) {
      if (names.includes(name) || found.length > MOST_RENAMINGS || tried++ > MOST_TRIED) continue;
      const fits = [...names, name].every(
        (other, place) =>
          traffic(node, nodes[place]) === traffic(name, other) &&
          traffic(nodes[place], node) === traffic(other, name),
      );
      if (fits) extend([...names, name]);
    }
  };
  extend([]);
  const isAll = found.length <= MOST_RENAMINGS && tried <= MOST_TRIED;
  return isAll ? found : [new Map(nodes.map((node) => [node, node]))];
}

/** What a counterexample takes away, the same for all that are alike. */
function canonical({ faults, run }: Counterexample, renamings: readonly Renaming[]): string {
  const cut = run.messages.filter((message) => isTaken(message, run.eot));
  const struck = faults.flatMap((fault) => kindOf(fault).notation.strike?.(fault)?.node ?? []);
  const names = renamings.map((renaming) => {
    const renamed = (node: string) => renaming.get(node) ?? node;
    const parts = [
      ...cut.map(({ name, from, to }) => JSON.stringify([name, renamed(from), renamed(to)])),
      ...struck.map((node) => JSON.stringify([renamed(node)])),
    ];
    return [...new Set(parts)].sort(compareStrings).join(' ');
  });
  return names.reduce((least, name) => (compareStrings(name, least) < 0 ? name : least));
}

/** Whether it does not arrive just in time, though the run goes on until then. */
function isTaken({ sent, arrivals }: Message, eot: number): boolean {
  return inTime(sent) <= eot && !(arrivals.length === 1 && arrivals[0] === inTime(sent));
}
