/**
 * Two-phase commit (Gray 1978): a coordinator collects votes, then tells the participants the outcome.
 *
 * Modelled: one transaction of the coordinator C with three willing participants; what may be lost is sent again.
 * Left out: recovery of a crashed node from its log, for nodes do not recover.
 *
 * The bug: it blocks. A participant that has voted yes can do nothing without the coordinator, and the coordinator
 * nothing without all the votes, so that a crash of either leaves the others waiting (`blocking`). That is so even
 * where nobody expects an outcome without a coordinator (`excused`); then it helps that a coordinator that has
 * waited too long aborts (`repaired`). Where the coordinator itself may crash, that is not enough (`timeout`):
 * a participant may not decide alone.
 */
import {
  crash,
  defineScenario,
  integer,
  location,
  not,
  oneOf,
  program,
  relation,
  string,
  variables,
} from 'ldfi';

const nodes = ['a', 'b', 'C', 'd'] as const;
const participants = ['a', 'b', 'd'] as const;

const { node, other, coordinator, participant, xact, answer, value, mine, theirs, property, steps, time } =
  variables({
    node: location(nodes),
    other: location(nodes),
    coordinator: location(nodes),
    participant: location(nodes),
    xact: string,
    answer: oneOf('yes', 'no'),
    value: oneOf('commit', 'abort'),
    mine: oneOf('commit', 'abort'),
    theirs: oneOf('commit', 'abort'),
    property: oneOf('agreement', 'termination'),
    steps: integer,
    time: integer,
  });

const member = relation('member', { coordinator, participant });
const leader = relation('leader', { participant, coordinator });
const willing = relation('willing', { participant, xact });
const begin = relation('begin', { coordinator, xact });

const group = program(
  participants.map((participant) => [
    member({ coordinator: 'C', participant }).at(1),
    leader({ participant, coordinator: 'C' }).at(1),
    willing({ participant, xact: 'x' }).at(1),
  ]),
  member.persists(),
  leader.persists(),
  begin({ coordinator: 'C', xact: 'x' }).at(1),
);

const decision = relation('decision', { node, xact, value });
const undecided = relation('undecided', { coordinator, xact });
const prepare = relation('prepare', { participant, coordinator, xact });
const prepared = relation('prepared', { participant, xact });
const refuses = relation('refuses', { participant, xact });
const vote = relation('vote', { coordinator, participant, xact, answer });

const phaseOne = program(
  // The coordinator asks until everyone has voted.
  undecided({ coordinator, xact }).when(begin({ coordinator, xact })),
  undecided({ coordinator, xact }).next.when(
    undecided({ coordinator, xact }),
    not(decision({ node: coordinator, xact })),
  ),
  prepare({ participant, coordinator, xact }).async.when(
    undecided({ coordinator, xact }),
    member({ coordinator, participant }),
    not(vote({ coordinator, participant, xact })),
  ),

  // A participant that votes yes is prepared: it may no longer abort on its own.
  refuses({ participant, xact }).when(
    prepare({ participant, xact }),
    not(willing({ participant, xact }).at(1)),
  ),
  prepared({ participant, xact }).when(prepare({ participant, xact }), not(refuses({ participant, xact }))),
  prepared.persists(),

  vote({ coordinator, participant, xact, answer: 'yes' }).async.when(
    prepare({ participant, coordinator, xact }),
    prepared({ participant, xact }),
  ),
  vote({ coordinator, participant, xact, answer: 'no' }).async.when(
    prepare({ participant, coordinator, xact }),
    refuses({ participant, xact }),
  ),
  vote.persists(),
);

const missing = relation('missing', { coordinator, xact });
const outcome = relation('outcome', { participant, xact, value });

const phaseTwo = program(
  // The coordinator commits if all votes are yes, aborts at the first no, and tells everyone for ever.
  missing({ coordinator, xact }).when(
    undecided({ coordinator, xact }),
    member({ coordinator, participant }),
    not(vote({ coordinator, participant, xact, answer: 'yes' })),
  ),
  decision({ node: coordinator, xact, value: 'commit' }).when(
    undecided({ coordinator, xact }),
    not(missing({ coordinator, xact })),
  ),
  decision({ node: coordinator, xact, value: 'abort' }).when(
    undecided({ coordinator, xact }),
    vote({ coordinator, xact, answer: 'no' }),
  ),
  decision.persists(),

  outcome({ participant, xact, value }).async.when(
    decision({ node: coordinator, xact, value }),
    member({ coordinator, participant }),
  ),
  decision({ node: participant, xact, value }).when(outcome({ participant, xact, value })),
);

// A coordinator that has waited three timesteps for votes aborts. When nothing is lost, they are there by then.
const waiting = relation('waiting', { coordinator, xact, steps });

const timeoutOfCoordinator = program(
  waiting({ coordinator, xact, steps: 1 }).when(begin({ coordinator, xact })),
  waiting({ coordinator, xact, steps: steps.plus(1) }).next.when(
    waiting({ coordinator, xact, steps }),
    undecided({ coordinator, xact }),
    steps.isAtMost(3),
  ),
  decision({ node: coordinator, xact, value: 'abort' }).when(
    waiting({ coordinator, xact, steps }),
    missing({ coordinator, xact }),
    steps.isAbove(3),
  ),
);

// A crashed node computes on, unseen: what it decided up to its crash counts, and what it decides later does not.
const clock = relation('clock', { node, time });
const halted = relation('halted', { node });
const known = relation('known', { node, xact, value });

const whatIsKnown = program(
  nodes.map((node) => clock({ node, time: 1 }).at(1)),
  clock({ node, time: time.plus(1) }).next.when(clock({ node, time })),
  halted({ node }).next.when(crash({ observer: node, node, time }), clock({ node, time })),
  halted.persists(),

  known({ node, xact, value }).when(decision({ node, xact, value }), not(halted({ node }))),
  known.persists(),
);

const pre = relation('pre', { node, xact, property });
const post = relation('post', { node, xact, property });
const disputed = relation('disputed', { node, xact });
const settled = relation('settled', { node, xact });

// No two decisions about a transaction differ, those of nodes that crash later included.
const agreement = program(
  whatIsKnown,
  pre({ node, xact, property: 'agreement' }).when(known({ node, xact })),
  post({ node, xact, property: 'agreement' }).when(known({ node, xact }), not(disputed({ node, xact }))),
  disputed({ node, xact }).when(
    known({ node, xact, value: mine }),
    known({ xact, value: theirs }),
    mine.isNot(theirs),
  ),
);

const terminated = program(
  settled({ node, xact }).when(known({ node, xact }), known({ node: other, xact }), node.isNot(other)),
  post({ node: participant, xact, property: 'termination' }).when(
    prepared({ participant, xact }),
    settled({ xact }),
  ),
);

// Once a participant is prepared, at least two nodes decide.
const termination = program(
  terminated,
  pre({ node: participant, xact, property: 'termination' }).when(
    prepared({ participant, xact }),
    not(crash({ observer: participant, node: participant })),
  ),
);

// The same, as long as the coordinator lives.
const terminationWithCoordinator = program(
  terminated,
  pre({ node: participant, xact, property: 'termination' }).when(
    prepared({ participant, xact }),
    leader({ participant, coordinator }),
    not(crash({ observer: participant, node: participant })),
    not(crash({ observer: participant, node: coordinator })),
  ),
);

const protocol = program(group, phaseOne, phaseTwo);

export const blocking = defineScenario({
  name: 'two-phase commit',
  nodes,
  bounds: { eot: 6, eff: 3, crashes: 1 },
  expect: 'violated',
  rules: program(protocol, agreement, termination),
});

export const excused = defineScenario({
  name: 'two-phase commit, excused when the coordinator crashes',
  nodes,
  bounds: { eot: 6, eff: 0, crashes: 1 },
  expect: 'violated',
  rules: program(protocol, agreement, terminationWithCoordinator),
});

export const repaired = defineScenario({
  name: 'two-phase commit with a timeout, excused when the coordinator crashes',
  nodes,
  bounds: { eot: 6, eff: 0, crashes: 2 },
  expect: 'certified',
  rules: program(protocol, timeoutOfCoordinator, agreement, terminationWithCoordinator),
});

export const timeout = defineScenario({
  name: 'two-phase commit with a timeout',
  nodes,
  bounds: { eot: 6, eff: 0, crashes: 1 },
  expect: 'violated',
  rules: program(protocol, timeoutOfCoordinator, agreement, termination),
});
