/** Programs of rules. They are no code of their author's: nothing has to be watched, and every run ends. */
import { goalsOfProperties, propertiesOf } from '../../model/rules/specification.js';
import { hasErrors } from '../../model/diagnostics/diagnostics.js';
import { changed } from '../../model/rules/changes/change.js';
import { changesOf } from '../../model/rules/changes/changes.js';
import { carriedRelations } from '../../model/rules/changes/own-rules.js';
import { checkProgram } from '../../model/rules/check/check.js';
import { checkHorizon } from '../../model/rules/check/horizon.js';
import { undeclaredNodes, unreachedNodes } from '../../model/rules/check/locations.js';
import { stratify } from '../../model/rules/check/strata.js';
import { checkSpecification } from '../../model/rules/check/specification.js';
import type { RuleProtocol } from '../../model/protocol.js';
import { messageRelations, withDelivered } from '../../model/rules/delivered.js';
import { relevantRelations } from '../../model/rules/evaluate/relevance.js';
import { printProgram } from '../../model/rules/print.js';
import type { CheckedProgram } from '../../model/rules/program.js';
import { locateProgram } from '../../model/rules/typescript/locate.js';
import { defaultBudgets } from '../guard/budgets.js';
import { anything, isRecord } from '../shape.js';
import { RuleSubject } from '../subjects/rules.js';
import type { ProtocolKind } from './kind.js';

/** What of a checked program is data. */
type Known = Omit<CheckedProgram, 'strataAt'>;

export const ruleKind: ProtocolKind<CheckedProgram, RuleProtocol> = {
  kind: 'rules',
  forms: [{ by: 'rules', fields: { rules: anything } }],
  validate(reader, { program }) {
    if (!isRecord(program) || !Array.isArray(program.clauses))
      reader.wrong(['rules'], program, 'a program, as `program(...)` and `dedalus` make');
  },
  prepare({ program }, { nodes, own, read }) {
    const { checked, diagnostics } = checkProgram(locateProgram(program, read));
    if (checked === undefined) return { protocol: undefined, diagnostics };
    const found = [
      ...diagnostics,
      ...checkSpecification(checked),
      ...undeclaredNodes(checked, nodes),
      ...(nodes === own ? [] : unreachedNodes(checked, nodes)),
    ];
    return { protocol: hasErrors(found) ? undefined : checked, diagnostics: found };
  },
  budgets: defaultBudgets,
  timeout: undefined,
  crossing: {
    leave: ({ kind, program, relations, locations }): Known => ({ kind, program, relations, locations }),
    arrive(data) {
      const known = data as Known;
      return { ...known, strataAt: stratify(known.program) };
    },
  },
  certifiedByDiagram: false,
  subject: (protocol, options) => new RuleSubject(protocol, options),
  watched: (protocol) => ({
    protocol: { ...protocol, relations: new Map(protocol.relations) },
    during: (work) => work(),
    endless: false,
  }),
  identity: ({ program }) => printProgram(program),
  definition: () => undefined,
  program: (protocol) => protocol,
  changes({ program }, { nodes, eot, outages }) {
    return changesOf(program, { nodes: nodes.length, eot, outages }).flatMap((change) => {
      const { checked } = checkProgram(changed(program, change));
      return checked === undefined ? [] : [{ change, protocol: checked }];
    });
  },
  carried: ({ program }) => new Set(carriedRelations(program)),
  delivered: {
    names(protocol, eot) {
      const relevant = relevantRelations(protocol, {
        eot,
        ...goalsOfProperties(propertiesOf(protocol.program)),
      });
      return messageRelations(protocol.program).filter((name) =>
        relevant.some((relations) => relations.has(name)),
      );
    },
    delivering(protocol, names, on) {
      const { checked } = checkProgram(withDelivered(protocol.program, names, on));
      if (checked === undefined) throw new Error('messages that always arrive make a program with errors');
      return checked;
    },
  },
  undeclared: undeclaredNodes,
  roles: () => undefined,
  askable: ({ relations }) => ({
    relations: new Map([...relations].map(([name, { columns }]) => [name, columns.length])),
    properties: [],
  }),
  warnings: ({ program }, { eot }) => checkHorizon(program, eot),
};
