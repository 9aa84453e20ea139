/** Questions as they are typed. */
import { describe, expect, it } from 'vitest';
import { formatDiagnostic } from '../../../src/model/diagnostics/format-diagnostic.js';
import { readQuestion, type RunQuestion, type QuestionScope } from '../../../src/runner/explain/question.js';

const scope: QuestionScope = {
  nodes: ['a', 'b', 'node c'],
  eot: 6,
  relations: new Map([
    ['log', 2],
    ['now', 0],
    ['at', 1],
  ]),
  properties: ['agreement', 'one at a time', 'one'],
};

function question(text: string): RunQuestion {
  const read = readQuestion(text, scope);
  if (read.kind === 'malformed')
    throw new Error(read.diagnostics.map((each) => formatDiagnostic(each)).join());
  return read.question;
}

describe('a question', () => {
  it.each<[string, RunQuestion['about']]>([
    ['', { kind: 'outcome', property: undefined }],
    ['agreement', { kind: 'outcome', property: 'agreement' }],
    ['one at a time', { kind: 'outcome', property: 'one at a time' }],
    ['"one at a time"', { kind: 'outcome', property: 'one at a time' }],
    ['one', { kind: 'outcome', property: 'one' }],
    ['log(b, "hello")', { kind: 'fact', relation: 'log', pattern: ['b', 'hello'] }],
    ['log(_, -3)', { kind: 'fact', relation: 'log', pattern: [null, -3] }],
    ['log("a, b", "at 3 (under)")', { kind: 'fact', relation: 'log', pattern: ['a, b', 'at 3 (under)'] }],
    ['log', { kind: 'fact', relation: 'log', pattern: [null, null] }],
    ['now()', { kind: 'fact', relation: 'now', pattern: [] }],
    ['ack b->a@2', { kind: 'message', name: 'ack', from: 'b', to: 'a', sent: 2 }],
    ['ack b -> a', { kind: 'message', name: 'ack', from: 'b', to: 'a', sent: undefined }],
    ['"node c"->a @ 4', { kind: 'message', name: undefined, from: 'node c', to: 'a', sent: 4 }],
    ['b', { kind: 'state', node: 'b', path: [], value: undefined }],
    ['b.role = leader', { kind: 'state', node: 'b', path: ['role'], value: 'leader' }],
    ['b.votes.0="a"', { kind: 'state', node: 'b', path: ['votes', '0'], value: 'a' }],
    ['"node c".term = 2', { kind: 'state', node: 'node c', path: ['term'], value: 2 }],
  ])('asks about %j', (what, about) => {
    expect(question(`why ${what}`)).toMatchObject({ asks: 'why', about, time: undefined, under: undefined });
    const whole = question(`why-not ${what} under drop a->b@1; crash a@2`);
    expect(whole).toMatchObject({ asks: 'why-not', about, under: 'drop a->b@1; crash a@2' });
  });

  it('names a time, and what it is told by has no faults in it', () => {
    expect(question(' why log(b, x) at 3 under crash a@2')).toMatchObject({
      text: 'why log(b, x) at 3',
      time: 3,
      under: 'crash a@2',
    });
    // `at` is a relation as well.
    expect(question('why at(b) at 2')).toMatchObject({ about: { kind: 'fact', relation: 'at' }, time: 2 });
  });

  it.each([
    ['what is it', 'this is no question', 'what is it'],
    ['whynot b', 'this is no question', 'whynot b'],
    ['why lgo(a, b)', 'there is no relation `lgo`', 'lgo'],
    ['why log(a)', '`log` has 2 columns, and 1 is given', 'a'],
    ['why log(a, )', '`` is no value', ''],
    ['why log(a, "b)', '`"b` is no value', '"b'],
    ['why ack b->d', 'there is no node `d`', 'd'],
    ['why ack b->a@9', '`9` is no time of the run', '9'],
    ['why b at 0', '`0` is no time of the run', '0'],
    ['why b at noon', '`noon` is no time of the run', 'noon'],
    ['why agreemnt', 'there is no `agreemnt` to ask about', 'agreemnt'],
    ['why agreement at 3', 'an outcome has its own time', '3'],
    ['why one at 3', 'an outcome has its own time', '3'],
  ])('is not %j, and the place is named', (text, message, part) => {
    const read = readQuestion(text, scope);
    if (read.kind !== 'malformed') throw new Error('it is read');
    const [{ code, message: told, span }] = read.diagnostics;
    expect([code, told]).toEqual(['RUN131', message]);
    expect(text.slice(span!.start, span!.start + part.length)).toBe(part);
  });
});
