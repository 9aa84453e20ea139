/**
 * All static checks, for every front end. Each looks at the program by itself and reports all it finds; the
 * checks that a program must pass to be run are here, those that depend on what is asked of it (a
 * specification, nodes, EOT) are functions of their own beside.
 */
import { hasErrors } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { CheckedProgram, Program } from '../program.js';
import { checkArity } from './arity.js';
import { checkBinding } from './binding.js';
import { checkConstants } from './constants.js';
import { checkCrash } from './crash.js';
import { checkDurable } from './durable.js';
import { locationsOf } from './locations.js';
import { withoutLoneVariables } from './lone-variables.js';
import { ownProgram } from './own.js';
import { checkReferences } from './references.js';
import { checkSize } from './size.js';
import { checkStratification } from './stratification.js';
import { stratify } from './strata.js';
import { inferTypes } from './types.js';

/** A program that may be run, or what keeps it from that. */
export interface CheckOutcome {
  /** Absent where there is an error. */
  readonly checked: CheckedProgram | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * All static checks that a program has to pass to be run. What is done to it afterwards is without effect.
 *
 * @param complete false where clauses may be missing, so that no conclusion is drawn from their absence
 */
export function checkProgram(written: Program, { complete = true } = {}): CheckOutcome {
  const { program, diagnostics: loneDiagnostics } = withoutLoneVariables(ownProgram(written));
  const { schemas, diagnostics: typeDiagnostics } = inferTypes(program);
  const problems = program.problems ?? [];
  const diagnostics = [
    problems,
    checkSize(program),
    checkArity(program),
    typeDiagnostics,
    checkConstants(program),
    checkBinding(program),
    loneDiagnostics,
    checkCrash(program),
    complete && !hasErrors(problems) ? checkReferences(program) : [],
    checkStratification(program),
    complete ? checkDurable(program, schemas) : [],
  ].flat();
  if (hasErrors(diagnostics)) return { checked: undefined, diagnostics };
  const checked: CheckedProgram = {
    kind: 'rules',
    program,
    relations: schemas,
    locations: locationsOf(program, schemas),
    strataAt: stratify(program),
  };
  return { checked, diagnostics };
}
