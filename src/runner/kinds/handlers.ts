/** Node handlers: their author's code, which runs among traps, may never end, and cannot be printed. */
import type { HandlerProtocol } from '../../model/handlers/protocol.js';
import { defaultHandlerBudgets, defaultHandlerTimeout } from '../guard/budgets.js';
import { Traps } from '../guard/traps.js';
import { HandlerSubject } from '../subjects/handlers.js';
import type { ProtocolKind } from './kind.js';

export const handlerKind: ProtocolKind<HandlerProtocol> = {
  kind: 'handlers',
  budgets: defaultHandlerBudgets,
  timeout: defaultHandlerTimeout,
  certifiedByDiagram: true,
  subject: (protocol, options) => new HandlerSubject(protocol, options),
  watched(protocol) {
    const traps = new Traps();
    return { protocol: traps.watch(protocol), during: (work) => traps.during(work) };
  },
  identity: (_, file) => file,
  undeclared: () => [],
  warnings: () => [],
};
