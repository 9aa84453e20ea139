/** `ldfi tolerance`, as it is typed. */
import { type Fault, faultKinds, type FaultRates, type Form } from '../../toolkit.js';
import { TOLERANCE_HELP } from '../help.js';
import type { Invocation, ToleranceInvocation } from '../invocation.js';
import { OptionReader, typed } from '../options.js';
import type { DescribedCommand } from './command.js';
import { configured, describeRunSettings, describeSetting, presented, selecting } from './describe.js';
import type { RawOptions } from './raw-options.js';
import { orWrong, scenariosOf, sessionOf } from './read.js';

interface RawToleranceOptions extends RawOptions {
  readonly probability?: string;
  readonly html?: string;
}

export const describeTolerance: DescribedCommand = (program, ask) => {
  const command = selecting(program.command('tolerance [file...]'))
    .description('How much may fail before a protocol breaks, when it is too late, and what to harden first.')
    .option('--probability <rates>', 'of a fault where one may happen, such as omission=0.01,crash=0.001')
    .option('--html <file>', 'write a page as well, on which what breaks it can be gone through');
  describeRunSettings(command);
  describeSetting(command, 'timeout');
  presented(configured(command), 'ldfi schema tolerance')
    .addHelpText('after', TOLERANCE_HELP)
    .action((files: string[], raw: RawToleranceOptions) => {
      ask(readTolerance(files, raw));
    });
};

function readTolerance(files: readonly string[], raw: RawToleranceOptions): Invocation {
  const reader = new OptionReader();
  const invocation: ToleranceInvocation = {
    kind: 'tolerance',
    ...scenariosOf(files, raw, reader),
    rates: reader.read(RATES, typed('--probability', raw.probability))?.value,
    html: raw.html,
    session: { ...sessionOf(raw), document: 'tolerances' },
  };
  return orWrong(invocation, reader);
}

/** Of what goes on for some timesteps and ends, a rate would not say for how long. */
const RATED = faultKinds.filter((kind) => kind.faults === undefined).map(({ kind }) => kind);

const RATES: Form<FaultRates> = {
  read: (text) => {
    const rates = new Map<Fault['kind'], number>();
    for (const part of text.split(',')) {
      const [name, rate, ...others] = part.split('=').map((word) => word.trim());
      const kind = RATED.find((each) => each === name);
      const isRate = /^(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?$/i.test(rate ?? '') && Number(rate) <= 1;
      if (kind === undefined || !isRate || others.length > 0 || rates.has(kind)) return undefined;
      rates.set(kind, Number(rate));
    }
    return rates;
  },
  expected: `a probability for each kind (${RATED.join(', ')}), such as \`omission=0.01,crash=0.001\``,
  types: ['string'],
};
