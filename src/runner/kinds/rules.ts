/** Programs of rules. They are no code of their author's: nothing has to be watched, and every run ends. */
import { checkHorizon } from '../../model/rules/check/horizon.js';
import { undeclaredNodes } from '../../model/rules/check/locations.js';
import { printProgram } from '../../model/rules/print.js';
import type { CheckedProgram } from '../../model/rules/program.js';
import { defaultBudgets } from '../guard/budgets.js';
import { RuleSubject } from '../subjects/rules.js';
import type { ProtocolKind } from './kind.js';

export const ruleKind: ProtocolKind<CheckedProgram> = {
  kind: 'rules',
  budgets: defaultBudgets,
  timeout: undefined,
  certifiedByDiagram: false,
  subject: (protocol, options) => new RuleSubject(protocol, options),
  watched: (protocol) => ({
    protocol: { ...protocol, relations: new Map(protocol.relations) },
    during: (work) => work(),
  }),
  identity: ({ program }) => printProgram(program),
  undeclared: undeclaredNodes,
  warnings: ({ program }, { eot }) => checkHorizon(program, eot),
};
