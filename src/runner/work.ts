/**
 * What a search comes to, counted and not timed, so that what ends by it ends at the same place on every machine. One unit is a
 * node of a diagram; of all else, as many as take about as long, which is a few microseconds.
 */
import type { SearchCosts } from '../solver/rationed.js';
import type { WorkCounts } from './subjects/subject.js';

/** A handler that is called, twice, and what its effect is remembered by. */
const HANDLER_RUN = 50;

export const SOLVER_COSTS: SearchCosts = {
  search: 200,
  clause: 1,
  clauseOfSearch: 1 / 200,
  conflict: 20,
  clauseOfConflict: 1 / 2_000,
};

/** A turn of a node, in a search of states. */
export const TURN_OF_NODE = 1 / 2;

/** What runs of a protocol came to. */
export function workOfRuns({ firings, handlerRuns }: WorkCounts): number {
  return firings + HANDLER_RUN * handlerRuns;
}
