/** Inputs that cannot be checked, one mistake each. */

/** What is wrong with it, and what is to be said. */
export interface BadInput {
  readonly what: string;
  readonly text?: string;
  /** Besides `x.ded`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly flags?: string;
  readonly code: string;
  /** How the message starts: with the place. */
  readonly at: string;
  /** The line that is shown, and what is marked in it. */
  readonly marked?: readonly [line: string, part: string];
  readonly fix: string;
}

const HEADER = '// ldfi: nodes a, b\n// ldfi: bounds 4/2/1\n';
const GOOD = 'p("a")@1;\np(X)@next :- p(X);\npre(X) :- p(X);\npost(X) :- p(X);\n';

/** Without fault but for a line, which is the seventh. */
export function broken(line: string): string {
  return `${HEADER}${GOOD}${line}\n`;
}

export const DEEP = 10_000;

export const badInputs: readonly BadInput[] = [
  {
    what: 'an unknown file',
    flags: 'y.ded',
    files: { 'x.ded': broken('') },
    code: 'DED601',
    at: 'error DED601: there is no ',
    fix: 'y.ded',
  },
  {
    what: 'an unknown file that is included',
    text: broken('include "nothing.ded";'),
    code: 'DED601',
    at: 'x.ded:7:9: ',
    marked: ['include "nothing.ded";', '"nothing.ded"'],
    fix: 'there is no',
  },
  { what: 'an empty file', text: '', code: 'DED605', at: 'x.ded:1:1: ', fix: 'p("a")@1;' },
  {
    what: 'a file of comments alone',
    text: '// nothing\n/* at all */',
    code: 'DED605',
    at: 'x.ded:1:1: ',
    fix: 'p("a")@1;',
  },
  {
    what: 'a cycle of includes',
    text: broken('include "y.ded";'),
    files: { 'y.ded': 'include "z.ded";\n', 'z.ded': '\ninclude "y.ded";\n' },
    code: 'DED604',
    at: 'z.ded:2:9: ',
    marked: ['include "y.ded";', '"y.ded"'],
    fix: 'y.ded -> z.ded -> y.ded',
  },
  {
    what: `${DEEP} nested parentheses`,
    text: broken(`q(X, ${'('.repeat(DEEP)}1${')'.repeat(DEEP)}) :- p(X);`),
    code: 'DED109',
    at: 'x.ded:7:',
    fix: 'relation of its own',
  },
  {
    what: `${DEEP} nested operators`,
    text: broken(`q(X, 1${' + 1'.repeat(DEEP)}) :- p(X);`),
    code: 'DED109',
    at: 'x.ded:7:',
    fix: 'relation of its own',
  },
  {
    what: 'an unbound variable',
    text: broken('q(X, Y) :- p(X), notin p(Z);'),
    code: 'DED301',
    at: 'x.ded:7:6: ',
    marked: ['q(X, Y) :- p(X), notin p(Z);', 'Y'],
    fix: 'positive',
  },
  {
    what: 'a conflict of types',
    text: broken('q(X, 1) :- p(X);\nr(X) :- q(X, "one");'),
    code: 'DED202',
    at: 'x.ded:8:14: ',
    marked: ['r(X) :- q(X, "one");', '"one"'],
    fix: 'x.ded:7:6',
  },
  {
    what: 'a conflict of arities',
    text: broken('q(X) :- p(X, X);'),
    code: 'DED201',
    at: 'x.ded:7:9: ',
    fix: 'x.ded:3:1',
  },
  {
    what: 'unstratified negation',
    text: broken('q(X) :- p(X), notin r(X);\nr(X) :- p(X), notin q(X);'),
    code: 'DED401',
    at: 'x.ded:7:',
    fix: '@next',
  },
  {
    what: 'a fact without a time',
    text: broken('q("a");'),
    code: 'DED110',
    at: 'x.ded:7:1: ',
    marked: ['q("a");', 'q("a")'],
    fix: '@1',
  },
  {
    what: 'a head at an absolute time',
    text: broken('q(X)@3 :- p(X);'),
    code: 'DED111',
    at: 'x.ded:7:5: ',
    marked: ['q(X)@3 :- p(X);', '@3'],
    fix: '@next',
  },
  {
    what: 'an EFF that is not before EOT',
    text: broken('').replace('4/2/1', '4/4/1'),
    code: 'RUN106',
    at: 'x.ded:2:1: ',
    marked: ['// ldfi: bounds 4/4/1', '// ldfi: bounds 4/4/1'],
    fix: 'raise EOT to 5',
  },
  {
    what: 'such an EFF in flags',
    text: broken(''),
    flags: 'x.ded --eff 9',
    code: 'RUN106',
    at: '--eff:1:1: ',
    marked: ['9', '9'],
    fix: 'raise EOT to 10',
  },
  {
    what: 'more crashes than nodes',
    text: broken('').replace('4/2/1', '4/2/3'),
    code: 'RUN107',
    at: 'x.ded:2:1: ',
    fix: 'from 0 to 2 crashes',
  },
  {
    what: 'an undeclared node',
    text: broken('q("z", 1)@async :- p(_);'),
    code: 'RUN103',
    at: 'x.ded:7:3: ',
    marked: ['q("z", 1)@async :- p(_);', '"z"'],
    fix: 'add it to the nodes',
  },
  {
    what: 'a division by a constant zero',
    text: broken('q(X, 1 / (2 - 2)) :- p(X);'),
    code: 'DED206',
    at: 'x.ded:7:10: ',
    marked: ['q(X, 1 / (2 - 2)) :- p(X);', '(2 - 2)'],
    fix: 'zero',
  },
  {
    what: 'a division by zero while running',
    text: broken('n("a", 0)@3;\nq(X, 4 / N)@next :- n(X, N);\npost(X) :- q(X, 1);'),
    code: 'RUN110',
    at: 'x.ded:8:6: ',
    marked: ['q(X, 4 / N)@next :- n(X, N);', '4 / N'],
    fix: 'compares it with zero',
  },
  {
    what: 'an integer past 2^53',
    text: broken('n("a", 9007199254740993)@1;'),
    code: 'DED105',
    at: 'x.ded:7:8: ',
    marked: ['n("a", 9007199254740993)@1;', '9007199254740993'],
    fix: '9007199254740991',
  },
  {
    what: 'overflow past 2^53 while running',
    text: broken('n("a", 9007199254740991)@3;\nq(X, N + 1)@next :- n(X, N);\npost(X) :- q(X, 1);'),
    code: 'RUN111',
    at: 'x.ded:8:6: ',
    marked: ['q(X, N + 1)@next :- n(X, N);', 'N + 1'],
    fix: 'bound the value',
  },
  {
    what: 'a sum past 2^53 while running',
    text: broken(
      'n("a", 9007199254740991)@3;\nn("a", 7)@3;\nq(X, sum<N>)@next :- n(X, N);\npost(X) :- q(X, 1);',
    ),
    code: 'RUN111',
    at: 'x.ded:9:1: ',
    marked: ['q(X, sum<N>)@next :- n(X, N);', 'q(X, sum<N>)'],
    fix: 'bound the value',
  },
  {
    what: 'recursion without end within one timestep',
    text: broken('n("a", 0)@4;\nn(X, N + 1) :- n(X, N);\npost(X) :- n(X, 1);'),
    code: 'RUN115',
    at: 'x.ded:8:1: ',
    marked: ['n(X, N + 1) :- n(X, N);', 'n(X, N + 1)'],
    fix: 'within one timestep',
  },
];
