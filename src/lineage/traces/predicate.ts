/**
 * Predicates of requests, as users type them: `latency > 500ms and call ~ "pricing"`. Which requests are looked at, and
 * which outcomes are good, can be said by them.
 *
 *     predicate  = all { "or" all }          all = each { "and" each }
 *     each       = "not" each | "(" predicate ")" | "failed" | field operator value
 *     operator   = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" (contains)
 *
 * A name with a dot is an attribute of the root span; the other fields are in `FIELDS`.
 */
import type { Call } from './calls.js';
import type { TracedRequest } from './requests.js';

export interface Predicate {
  /** Attributes of the root span that it looks at. */
  readonly attributes: ReadonlySet<string>;
  holds(request: TracedRequest): boolean;
}

/** Whether the outcome of a request is good: by a predicate, or where there is none, by its root span. */
export function hasGoodOutcome(request: TracedRequest, outcome: Predicate | undefined): boolean {
  return outcome === undefined ? request.succeeded : outcome.holds(request);
}

/** The text is no predicate. */
export class PredicateError extends Error {
  override readonly name = 'PredicateError';

  /** @param at where, in characters from the start */
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

type Value = string | number;

/** What a request has of each: several values of calls, of which one has to be as wanted. */
const FIELDS: Readonly<Record<string, (request: TracedRequest) => readonly Value[]>> = {
  service: ({ service }) => [service],
  operation: ({ operation }) => [operation],
  trace: ({ traceId }) => [traceId],
  latency: ({ latency }) => (latency === undefined ? [] : [Number(latency) / 1e6]),
  calls: ({ calls }) => [calls.length],
  call: ({ calls }) => calls.map(nameOf),
  failure: ({ calls }) => calls.filter(({ failed }) => failed).map(nameOf),
};

function nameOf({ caller, callee, operation }: Call): string {
  return `${caller} -> ${callee} ${operation}`;
}

/** Milliseconds. */
const UNITS: Readonly<Record<string, number>> = { '': 1, us: 1e-3, ms: 1, s: 1e3, m: 6e4 };

/** @throws PredicateError */
export function readPredicate(text: string): Predicate {
  const parser = new Parser(text);
  const holds = parser.whole();
  return { attributes: parser.attributes, holds };
}

type Test = (request: TracedRequest) => boolean;

interface Token {
  readonly kind: 'word' | 'text' | 'number' | 'sign';
  readonly text: string;
  readonly at: number;
}

const TOKEN =
  /\s*(?:(?<word>[A-Za-z_][\w.-]*)|"(?<text>[^"]*)"|(?<number>\d+(?:\.\d+)?(?:us|ms|s|m)?)(?![\w.])|(?<sign>!=|<=|>=|[=<>~()]))/y;

class Parser {
  readonly attributes = new Set<string>();
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(private readonly text: string) {
    this.tokens = tokensOf(text);
  }

  whole(): Test {
    const test = this.any();
    if (this.next < this.tokens.length) this.fail('`and`, `or`, or the end');
    return test;
  }

  private any(): Test {
    const tests = [this.all()];
    while (this.takes('or')) tests.push(this.all());
    return (request) => tests.some((test) => test(request));
  }

  private all(): Test {
    const tests = [this.each()];
    while (this.takes('and')) tests.push(this.each());
    return (request) => tests.every((test) => test(request));
  }

  private each(): Test {
    if (this.takes('not')) {
      const test = this.each();
      return (request) => !test(request);
    }
    if (this.takes('(')) {
      const test = this.any();
      if (!this.takes(')')) this.fail('`)`');
      return test;
    }
    if (this.takes('failed')) return ({ succeeded }) => !succeeded;
    return this.comparison();
  }

  private comparison(): Test {
    const field = this.tokens[this.next]?.text;
    const values = this.field();
    const sign = this.tokens[this.next++]?.text ?? '';
    const compare = Object.hasOwn(COMPARISONS, sign) ? COMPARISONS[sign] : undefined;
    if (compare === undefined) {
      this.next--;
      return this.fail('an operator: = != < <= > >= ~');
    }
    const wanted = this.value(field === 'latency');
    if (sign === '!=') return (request) => !values(request).some((value) => COMPARISONS['='](value, wanted));
    return (request) => values(request).some((value) => compare(value, wanted));
  }

  private field(): (request: TracedRequest) => readonly Value[] {
    const token = this.tokens[this.next];
    if (token?.kind !== 'word') return this.fail('a field, such as `latency`');
    const { text } = token;
    const known = Object.hasOwn(FIELDS, text) ? FIELDS[text] : undefined;
    if (known === undefined && !text.includes('.'))
      return this.fail(`failed, ${Object.keys(FIELDS).join(', ')}, or an attribute such as \`http.route\``);
    this.next++;
    if (known !== undefined) return known;
    this.attributes.add(text);
    return ({ root }) => {
      const value = root.attributes.get(text);
      return value === undefined ? [] : [typeof value === 'number' ? value : String(value)];
    };
  }

  /** @param isTime whether a number has to have a unit */
  private value(isTime: boolean): Value {
    const token = this.tokens[this.next];
    if (isTime && !/^\d.*[a-z]$/.test(token?.text ?? ''))
      return this.fail('a time with its unit, such as `500ms`');
    if (token === undefined || token.kind === 'sign')
      return this.fail('a number, or a text in double quotes');
    this.next++;
    if (token.kind !== 'number') return token.text;
    const [, number, unit] = /^([\d.]+)([a-z]*)$/.exec(token.text)!;
    return Number(number) * UNITS[unit];
  }

  private takes(text: string): boolean {
    const token = this.tokens[this.next];
    if (token === undefined || token.kind === 'text' || token.text !== text) return false;
    this.next++;
    return true;
  }

  private fail(expected: string): never {
    throw new PredicateError(`expected ${expected}`, this.tokens[this.next]?.at ?? this.text.length);
  }
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  const end = text.trimEnd().length;
  for (let at = 0; at < end; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) throw new PredicateError('this is no part of a predicate', at);
    const kind = (['word', 'text', 'number', 'sign'] as const).find((each) => groups[each] !== undefined)!;
    const blanks = /^\s*/.exec(text.slice(at))![0].length;
    tokens.push({ kind, text: groups[kind], at: at + blanks });
  }
  return tokens;
}

const COMPARISONS: Readonly<Record<string, (value: Value, wanted: Value) => boolean>> = {
  '=': (value, wanted) => value === wanted || String(value) === String(wanted),
  '!=': (value, wanted) => String(value) !== String(wanted),
  '<': (value, wanted) => Number(value) < Number(wanted),
  '<=': (value, wanted) => Number(value) <= Number(wanted),
  '>': (value, wanted) => Number(value) > Number(wanted),
  '>=': (value, wanted) => Number(value) >= Number(wanted),
  '~': (value, wanted) => String(value).includes(String(wanted)),
};
