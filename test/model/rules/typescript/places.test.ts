/** Rules are told by file and line, wherever their parts were written, before and after their files are read. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  checkProgram,
  checkSpecification,
  dedalus,
  formatDiagnostic,
  integer,
  location,
  locateProgram,
  not,
  positionOf,
  printProgram,
  program,
  relation,
  variables,
  type Program,
  type Source,
} from '../../../../src/index.js';

const ownPath = fileURLToPath(import.meta.url);
const ownText = readFileSync(ownPath, 'utf8');
const read = (path: string): Source | undefined =>
  path === ownPath ? { name: 'own.ts', text: ownText } : undefined;

const { node, other, size } = variables({ node: location(), other: location(), size: integer });
const up = relation('up', { node, size });

/** The only line of this file that holds a mark. */
function lineOf(mark: string): number {
  const lines = ownText
    .split('\n')
    .flatMap((line, index) => (line.includes(`// ${mark}`) ? [index + 1] : []));
  expect(lines).toHaveLength(1);
  return lines[0];
}

function reportOf(rules: Program): readonly string[] {
  return checkProgram(rules).diagnostics.map((each) => formatDiagnostic(each));
}

const unbound = program(
  up({ node: 'a', size: 1 }).at(1),
  up({ node: other, size }).when(
    // the head is on the line before this
    up({ node, size }),
  ),
);

describe('a place', () => {
  it('is a line before its file is read, and that line afterwards', () => {
    const line = lineOf('the head is on') - 1;
    const message = 'error DED301: other, in the head, is bound by no positive atom';
    expect(reportOf(unbound)[0]).toContain(`${ownPath}:${line}:1: ${message}`);
    expect(reportOf(locateProgram(unbound, read))).toEqual([
      [
        `own.ts:${line}:3: ${message}`,
        `${String(line).padStart(5)} |   up({ node: other, size }).when(`,
        `      |   ${'^'.repeat(31)}`,
        '        expected: a positive atom with other as a column',
      ].join('\n'),
    ]);
  });

  it('stays what it is where its file cannot be read, or has grown shorter', () => {
    const missing = locateProgram(unbound, () => undefined);
    expect(reportOf(missing)).toEqual(reportOf(unbound));
    const shorter = locateProgram(unbound, (name) => ({ name, text: 'one line' }));
    expect(reportOf(shorter)[0]).toContain('DED301');
  });

  it('is that of each part, which may be far from the rule that uses it', () => {
    const premise = up({ node: other, size: size.plus(1) }); // a premise on a line of its own
    const rule = locateProgram(program(up({ node, size }).when(up({ node, size }), not(premise))), read)
      .clauses[0];
    if (rule.kind !== 'rule') throw new Error('it is a rule');
    const { source, start } = rule.body[1].span;
    expect(positionOf(source, start).line).toBe(lineOf('a premise on a line'));
  });

  it('is asked for once a file', () => {
    const asked: string[] = [];
    locateProgram(unbound, (path) => {
      asked.push(path);
      return read(path);
    });
    expect(asked).toEqual([ownPath]);
  });
});

describe('a template', () => {
  const shared = dedalus`up(N, Size)@next :- up(N, Size);`;
  const text = dedalus`
    ${up}(N, ${1 + 1}) :- up(N, _), N == ${'a "b"'};
    ${shared}
    ${up}(N, X) :- up(N, _); // the last line of the template
  `;

  it('reads values, relations and programs', () => {
    expect(printProgram(text)).toBe(
      'up(N, 2) :- up(N, _), N == "a \\"b\\"";\nup(N, Size)@next :- up(N, Size);\nup(N, X) :- up(N, _);\n',
    );
  });

  it('tells the line in the file, and the column in the text', () => {
    const line = lineOf('the last line of');
    const [unread, located] = [text, locateProgram(text, read)].map((each) => reportOf(each)[0].split('\n'));
    expect(unread[0]).toContain(`${ownPath}:${line}:11: error DED301`);
    expect(located[0]).toContain(`own.ts:${line}:11: error DED301`);
    expect(located[1]).toContain('|     up(N, X) :- up(N, _);');
    expect(located[2]).toBe(`      |           ^`);
  });

  it('keeps backslashes, which are Dedalus’ own', () => {
    expect(printProgram(dedalus`p("a", "\\ \n \"")@1;`)).toBe('p("a", "\\\\ \\n \\"")@1;\n');
  });

  it('tells of mistakes in its syntax', () => {
    const report = reportOf(dedalus`p("a");`);
    expect(report).toHaveLength(1);
    expect(report[0]).toContain('DED110');
  });
});

describe('a program', () => {
  it('takes each clause once, in the order in which it is given', () => {
    const one = program(up({ node: 'a', size: 1 }).at(1));
    const two = program(up({ node: 'b', size: 1 }).at(1));
    expect(program([two, [one]], one, program(two, one)).clauses).toEqual([...two.clauses, ...one.clauses]);
  });

  it('tells each problem once, however often its part is used', () => {
    const bad = up({ node: 'a', size: 1.5 }).at(1);
    expect(program(bad, [bad], program(bad)).problems).toHaveLength(1);
  });
});

describe('hints speak TypeScript', () => {
  const hintsOf = (rules: Program) => checkProgram(rules).diagnostics.map(({ hint }) => hint);

  it('of what is compared or absent, and bound by nothing', () => {
    const compared = up({ node, size }).when(up({ node }), size.is(1));
    const absent = up({ node, size: 1 }).next.when(up({ node }), not(up({ node, size })));
    expect(hintsOf(program(compared, absent))).toEqual([
      '`is` compares; it binds nothing',
      'leave the column out for "any"',
    ]);
  });

  it('of a specification that is not there', () => {
    const { checked } = checkProgram(program(up({ node: 'a', size: 1 }).at(1)));
    expect(checkSpecification(checked!)[0].expected).toBe('a rule such as `pre({ node }).when(...)`');
  });
});
