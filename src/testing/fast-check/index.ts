/** `ldfi/fast-check`: arbitraries for properties of one's own. It needs fast-check 4, which is installed beside ldfi. */
export { executions } from './executions.js';
export { faults, faultSets, type FaultScope, type FaultSetConstraints } from './fault-sets.js';
