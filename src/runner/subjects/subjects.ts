/** Makes protocols ready to be checked, each kind in its own way. */
import { HandlerSubject } from './handlers.js';
import { RuleSubject } from './rules.js';
import type { Subject, SubjectOptions } from './subject.js';
import type { Protocol } from '../../model/protocol.js';

export function subjectOf(protocol: Protocol, options: SubjectOptions): Subject {
  switch (protocol.kind) {
    case 'rules':
      return new RuleSubject(protocol, options);
    case 'handlers':
      return new HandlerSubject(protocol, options);
  }
}
