/** What holds whatever rules derive: the facts of a program, and what rules read of faults. */
import { FALSE, TRUE, type Condition } from '../../algebra.js';
import { downForAWhile, stopsForGood, type World } from '../../world.js';
import { CRASH, FAULT, RESTARTED } from '../program.js';
import { Extent } from './extent.js';
import type { Extents } from './extents.js';
import { IS_DOWN, IS_PAUSED, IS_RESTARTED } from './outages.js';
import type { PreparedProgram } from './prepared.js';

export function placeGiven(extents: Extents, prepared: PreparedProgram, world: World): void {
  for (const { relation, row, time } of prepared.given) extents.begun(relation, time).set(row, TRUE);
  placeCrashes(extents, prepared, world);
  placeOutages(extents, prepared, world);
  placeNamed(extents, prepared, world);
}

/** A crash is known at every time and to every observer, so all times share one extent. */
function placeCrashes(extents: Extents, prepared: PreparedProgram, world: World): void {
  const relation = prepared.find(CRASH);
  if (relation === undefined) return;
  const { nodes, eot, values } = prepared;
  const extent = new Extent(relation.tuples);
  for (const node of nodes) {
    for (const [time, condition] of stopsForGood(world, world.algebra, node, eot).entries()) {
      if (condition === FALSE) continue;
      for (const observer of nodes) {
        const row = relation.tuples.intern([values.id(observer), values.id(node), values.id(time)]);
        extent.set(row, condition);
      }
    }
  }
  for (let time = 1; time <= eot; time++) extents.place(relation, time, extent);
}

function placeOutages(extents: Extents, prepared: PreparedProgram, world: World): void {
  const { nodes, eot } = prepared;
  const place = (name: string, conditionsOf: (node: string) => readonly Condition[]) => {
    const relation = prepared.builtIn.has(name) ? prepared.find(name) : undefined;
    if (relation === undefined) return;
    for (const node of nodes) {
      const row = relation.tuples.intern([prepared.values.id(node)]);
      for (const [time, condition] of conditionsOf(node).entries())
        if (condition !== FALSE) extents.begun(relation, time).set(row, condition);
    }
  };
  const times = (conditionAt: (time: number) => Condition) =>
    Array.from({ length: eot + 1 }, (_, time) => (time === 0 ? FALSE : conditionAt(time)));
  const restarts = (node: string) => times((time) => world.restarts(node, time));
  place(IS_DOWN, (node) => downForAWhile(world, world.algebra, node, eot));
  place(IS_PAUSED, (node) => times((time) => world.pauses(node, time)));
  place(IS_RESTARTED, restarts);
  place(RESTARTED, restarts);
}

function placeNamed(extents: Extents, prepared: PreparedProgram, world: World): void {
  const relation = prepared.builtIn.has(FAULT) ? prepared.find(FAULT) : undefined;
  if (relation === undefined) return;
  const { nodes, eot, values } = prepared;
  for (const name of world.named)
    for (const node of nodes) {
      const row = relation.tuples.intern([values.id(node), values.id(name)]);
      for (let time = 1; time <= eot; time++) {
        const condition = world.happens(name, node, time);
        if (condition !== FALSE) extents.begun(relation, time).set(row, condition);
      }
    }
}
