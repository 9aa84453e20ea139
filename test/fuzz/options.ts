/** What is typed after `npm run fuzz --`. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { CAMPAIGNS, RANDOM, type CampaignName } from './campaign.js';

export interface FuzzOptions {
  readonly minutes: number;
  readonly seed: number;
  readonly campaigns: readonly CampaignName[];
  /** The most cases of each campaign. */
  readonly most: number;
  /** Whether the page of soundness is to tell it. */
  readonly write: boolean;
}

interface Raw {
  readonly minutes?: number;
  readonly seed?: number;
  readonly only?: CampaignName;
  readonly programs?: number;
  readonly write?: true;
}

const MINUTES = 30;

/** Ends the process where the words make no sense. @param freshSeed where none is given */
export function readOptions(args: readonly string[], freshSeed: number): FuzzOptions {
  const program = new Command('npm run fuzz --')
    .description('Random protocols, mutations and hostile input, against laws that a judge decides.')
    .option(
      '--minutes <number>',
      `for all campaigns together (default: ${MINUTES}; none with --programs)`,
      positive,
    )
    .option('--seed <number>', 'of everything random (default: another each time)', seed)
    .addOption(new Option('--only <campaign>', 'one campaign').choices(CAMPAIGNS))
    .option(
      '--programs <number>',
      'the most cases of each campaign: programs, mutants, inputs, signals',
      whole,
    )
    .option(
      '--write',
      'put what is printed into docs/soundness.md as well, where it has a place for the campaign',
    )
    .parse([...args], { from: 'user' });
  const { minutes, seed: given, only, programs, write = false } = program.opts<Raw>();
  return {
    minutes: minutes ?? (programs === undefined ? MINUTES : Infinity),
    seed: given ?? freshSeed,
    campaigns: only === undefined ? RANDOM : [only],
    most: programs ?? Infinity,
    write,
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('It has to be a number above 0.');
}

function whole(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It has to be a whole number above 0.');
}

function seed(text: string): number {
  if (/^\d+$/.test(text) && Number(text) <= 0x7fffffff) return Number(text);
  throw new InvalidArgumentError('It has to be a whole number below 2^31.');
}
