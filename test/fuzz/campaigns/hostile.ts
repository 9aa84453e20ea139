/**
 * Input that nobody meant well: everything that reads must end with what it read or with diagnostics, in bounded
 * time and memory, and leave alone what all objects inherit.
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import { runBatches } from '../batches.js';
import type { Campaign } from '../campaign.js';
import { takeStock } from '../hostile/prototypes.js';
import type { HostileInput } from '../hostile/target.js';
import { commandTarget } from '../hostile/targets/command.js';
import { dedalusTarget } from '../hostile/targets/dedalus.js';
import { certificateTarget, documentTarget, regressionTarget } from '../hostile/targets/documents.js';
import { scheduleTarget } from '../hostile/targets/schedule.js';
import { argumentsTarget, configurationTarget, environmentTarget } from '../hostile/targets/settings.js';

/**
 * Milliseconds that one input may be computed for, whatever else the machine does. The longest inputs are of a
 * hundred thousand characters.
 */
const MOST_TIME = 5_000;

const TARGETS = [
  'the reader of Dedalus',
  'the reader of schedules',
  'the reader of JSON documents',
  'the reader of certificates',
  'the reader of saved counterexamples',
  'the reader of configurations',
  'the reader of the environment',
  'the reader of the command line',
  'the command line',
];

export const fuzzHostile: Campaign = async (turn) => {
  const expectNothingInherited = takeStock();
  const inputs = fc.oneof(
    { arbitrary: dedalusTarget, weight: 90 },
    { arbitrary: scheduleTarget, weight: 60 },
    { arbitrary: documentTarget, weight: 30 },
    { arbitrary: await certificateTarget(), weight: 30 },
    { arbitrary: regressionTarget, weight: 30 },
    { arbitrary: configurationTarget, weight: 30 },
    { arbitrary: environmentTarget, weight: 30 },
    { arbitrary: argumentsTarget, weight: 30 },
    // It takes some hundred times as long.
    { arbitrary: commandTarget, weight: 1 },
  );
  const slowest = { input: '', milliseconds: 0 };
  const result = await runBatches<HostileInput>(
    {
      campaign: 'hostile',
      cases: inputs,
      batch: 1_000,
      occurring: TARGETS,
      async examine(input, _, tally) {
        tally.case([input.target]);
        const before = process.cpuUsage();
        await input.examine();
        const { user, system } = process.cpuUsage(before);
        const milliseconds = (user + system) / 1_000;
        if (milliseconds > slowest.milliseconds)
          Object.assign(slowest, { input: input.target, milliseconds });
        expect(milliseconds).toBeLessThan(MOST_TIME);
        expectNothingInherited();
        tally.checked(1);
      },
    },
    turn,
  );
  const note = `The slowest input, for ${slowest.input}, took ${slowest.milliseconds.toFixed(0)} ms of computing.\n`;
  return { ...result, notes: [note] };
};
