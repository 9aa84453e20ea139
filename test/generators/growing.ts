/**
 * Programs that grow in one direction, each further than anybody would write: what reads them, checks them and runs
 * them is to take time in proportion. They need not be free of errors.
 */
import fc, { type Arbitrary } from 'fast-check';

/** A text with about `size` of something. */
export type Family = (size: number) => string;

const START = 'p0("a")@1;\np0(X)@next :- p0(X);\n';
const SPECIFICATION = 'pre(X) :- p0(X);\npost(X) :- p0(X);\n';

function times(size: number, text: (index: number) => string, separator = ''): string {
  return Array.from({ length: size }, (_, index) => text(index)).join(separator);
}

/** A program with lines of its own between its facts and its specification. */
function around(lines: Family): Family {
  return (size) => `${START}${lines(size)}${SPECIFICATION}`;
}

function rules(rule: (index: number, size: number) => string): Family {
  return around((size) => times(size, (index) => `${rule(index, size)}\n`));
}

function chain(rule: (index: number, size: number) => string): Family {
  return (size) => {
    const ends = `pre(X) :- p${size}(X);\npost(X) :- p${size}(X);\n`;
    return `${START}${times(size, (index) => `${rule(index, size)}\n`)}${ends}`;
  };
}

/** Many clauses, each of them short. */
export const CLAUSES: Readonly<Record<string, Family>> = {
  'rules in a chain': chain((i) => `p${i + 1}(X) :- p${i}(X);`),
  'rules in a chain, the last one first': chain((i, size) => `p${size - i}(X) :- p${size - i - 1}(X);`),
  'rules in a chain of negations': chain((i) => `p${i + 1}(X) :- p0(X), notin p${i}(X);`),
  'rules in a circle': rules((i, size) => `p${(i + 1) % size}(X) :- p${i}(X);`),
  'rules in a circle that takes time': rules((i, size) => `p${(i + 1) % size}(X)@next :- p${i}(X);`),
  'rules in a circle of messages': rules((i, size) => `p${(i + 1) % size}(X)@async :- p${i}(X);`),
  'rules in a circle of negations': rules((i, size) => `p${(i + 1) % size}(X) :- p0(X), notin p${i}(X);`),
  'rules for one relation': rules((i) => `p0(X) :- p0(X), q${i}(X);`),
  'rules that are one and the same': rules(() => 'p0(X) :- p0(X);'),
  'relations that nothing reads': rules((i) => `q${i}(X) :- p0(X);`),
  'names that are nearly others': rules((i) => `name${i}(X) :- p0(X);\np0(X) :- mame${i}(X);`),
  'variables that are bound by nothing': rules((i) => `q${i}(X, Y) :- p0(X);`),
  facts: rules((i) => `q("a", ${i})@1;`),
  'facts at times of their own': rules((i) => `q("a")@${i + 1};`),
  'facts without a time': rules((i) => `q("a", ${i});`),
  'facts of more than one arity': rules((i) => `q("a"${i % 2 === 0 ? '' : ', 1'})@1;`),
  'facts of more than one type': rules((i) => `q("a", ${i % 2 === 0 ? '1' : '"b"'})@1;`),
  'messages to nodes of their own': rules((i) => `m("n${i}")@async :- p0("a");`),
  'premises at times of their own': rules((i) => `p0(X) :- p0(X), q(X)@${i + 1};`),
  'absences at times of their own': rules((i) => `q(X) :- p0(X), notin q(X)@${i + 1};`),
  'constants in comparisons': rules((i) => `q(X, ${i}) :- p0(X), ${i} != ${i + 1};`),
};

/** One clause, or one comment, that is long. */
export const LONG_CLAUSES: Readonly<Record<string, Family>> = {
  'columns of a fact': around((size) => `q("a", ${times(size, String, ', ')})@1;\n`),
  'columns that are variables': around((size) => {
    const columns = times(size, (i) => `X${i}`, ', ');
    return `q(X, ${columns}) :- q(X, ${columns});\n`;
  }),
  'columns that are one variable': around((size) => `p0(X) :- q(${times(size, () => 'X', ', ')});\n`),
  'columns that are expressions': around(
    (size) => `q(X, ${times(size, (i) => `1 + ${i}`, ', ')}) :- p0(X);\n`,
  ),
  'columns that are aggregates': around((size) => `q(X, ${times(size, () => 'count<X>', ', ')}) :- p0(X);\n`),
  absences: around((size) => `p0(X) :- p0(X), ${times(size, () => 'notin q(X)', ', ')};\n`),
  comparisons: around((size) => `p0(X) :- p0(X), ${times(size, () => 'X == X', ', ')};\n`),
  operators: around((size) => `q(X, ${times(size, String, ' + ')}) :- p0(X);\n`),
  parentheses: around((size) => `q(X, ${'('.repeat(size)}1${')'.repeat(size)}) :- p0(X);\n`),
  signs: around((size) => `q(X, ${'-'.repeat(size)}1) :- p0(X);\n`),
  'nodes of the header': (size) =>
    `// ldfi: nodes a, ${times(size, (i) => `n${i}`, ', ')}\n${around(() => '')(0)}`,
  'nodes of the header, all the same': (size) =>
    `// ldfi: nodes ${times(size, () => 'a', ', ')}\n${around(() => '')(0)}`,
  'lines of the header': (size) => `${'// ldfi: bounds 6/4/1\n'.repeat(size)}${around(() => '')(0)}`,
  'words of the header': (size) => `// ldfi: ${'bounds '.repeat(size)}\n${around(() => '')(0)}`,
};

/** One rule with many premises that are joined; plans take the square of them, up to a limit. */
export const JOINS: Readonly<Record<string, Family>> = {
  premises: around((size) => `p0(X) :- ${times(size, () => 'p0(X)', ', ')};\n`),
  'premises that share nothing': around(
    (size) => `p0(X) :- p0(X), ${times(size, (i) => `p0(X${i})`, ', ')};\n`,
  ),
};

const PIECES = [
  ...[
    ' ',
    '\n',
    '\r',
    '\r\n',
    '\t',
    '\u2028',
    '.',
    ',',
    ';',
    '(',
    ')',
    '-',
    '/',
    '*',
    '"',
    '\\',
    '!',
    '<',
    '=',
    '@',
  ],
  ...[
    '1',
    '1.',
    'a',
    'a.',
    '_',
    '?',
    '""',
    '"\\',
    '\\"',
    '//',
    '// ',
    '//\n',
    '/*',
    '*/',
    '/**/',
    ':-',
    'é',
    '\u0000',
  ],
  ...[
    '\ud800',
    'include ',
    'notin ',
    'p(',
    'p(X)',
    'p(X);',
    'p(X)@',
    ':- p(X)',
    '// ldfi:',
    '// ldfi: nodes ',
    '@1',
  ],
  ...['drop ', 'crash ', '->', 'a->b', 'drop a->b@1', 'drop a->b@1; '],
];
const STEMS = [
  '',
  'p("a", ',
  'p(X) :- ',
  '// ',
  '"',
  '1',
  '/*',
  'include "',
  '// ldfi: nodes ',
  'drop a',
  'crash ',
];
const ENDS = ['', 'x', ';', '"', '\n', ')@1;', '->b@1', '@1'];

/** A long run of one piece of text, or of two in turn, alone and within what it may be a part of. */
export const runOf: Arbitrary<{ readonly what: string; readonly text: Family }> = fc
  .record({
    stem: fc.constantFrom(...STEMS),
    pieces: fc.oneof(
      fc.constantFrom(...PIECES),
      fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(...PIECES)),
    ),
    end: fc.constantFrom(...ENDS),
  })
  .map(({ stem, pieces, end }) => {
    const piece = typeof pieces === 'string' ? pieces : pieces.join('');
    return {
      what: `of ${JSON.stringify(piece)} after ${JSON.stringify(stem)} and before ${JSON.stringify(end)}`,
      text: (size: number) => stem + piece.repeat(size) + end,
    };
  });
