/** What the requests of one operation have shown, and what to try next. */
import { visible } from '../../../model/text/display.js';
import { formatCount, plural } from '../../../model/text/numbers.js';
import type {
  CallResult,
  Conclusions,
  FaultSetResult,
  OperationResult,
} from '../../../runner/traces/result.js';
import type { ReportOptions } from '../options.js';
import { CallPointNames, rangesOf, type CallRange } from './calls.js';

/** Lines of a list, unless all are asked for. */
const SHOWN = 10;

/** Operations that are told of, unless all are asked for. */
const OPERATIONS = 20;

export function reportOperations(conclusions: Conclusions, options: ReportOptions): readonly string[] {
  const { operations } = conclusions;
  const shown = options.verbose ? operations : operations.slice(0, OPERATIONS);
  const left = operations.length - shown.length;
  return [
    ...shown.flatMap((operation) => ['', ...reportOperation(operation, conclusions, options)]),
    ...(left === 0 ? [] : ['', `${plural(left, 'more operation')} with fewer requests; --verbose shows all`]),
  ];
}

function reportOperation(
  operation: OperationResult,
  { points, maxFaults }: Conclusions,
  options: ReportOptions,
): readonly string[] {
  const { style } = options;
  const { service, requests, good, classes, neverSurvived, tolerated, next, hasMore } = operation;
  const ranges = rangesOf(neverSurvived, points);
  const within = plural(maxFaults, 'call');
  const names = new CallPointNames(
    [...[...neverSurvived, ...tolerated].map(({ point }) => point), ...next.flatMap((set) => set.points)],
    points,
  );
  return [
    `${style.strong(visible(service))}  ${visible(operation.operation)}`,
    `  ${plural(requests, 'request')}, ${formatCount(good)} with a good outcome${classes > 1 ? `, of ${formatCount(classes)} classes` : ''}`,
    ...section('Calls whose failure was never survived', ranges, options, (range) =>
      told(range, names, options),
    ),
    ...section('Calls whose failure was survived', tolerated, options, (call) => [
      names.nameOf(call.point),
      style.good(plural(call.survived!.count, 'time')) +
        style.faint(`, as in trace ${visible(call.survived!.traceId)}`),
    ]),
    ...section(
      `To fail next, up to ${within} at a time, by requests that rest on them`,
      next,
      options,
      (set) => [nameOfSet(set, names)],
    ),
    ...(hasMore ? ['    and more of two calls and above'] : []),
  ];
}

function nameOfSet({ points, requests }: FaultSetResult, names: CallPointNames): string {
  return `${formatCount(requests)}: ${points.map((point) => names.nameOf(point)).join(' and ')}`;
}

function told({ first, last }: CallRange, names: CallPointNames, { style }: ReportOptions) {
  return [names.nameOf(first.point, last), evidenceOf(first, style)];
}

function evidenceOf({ requests, fatal }: CallResult, style: ReportOptions['style']): string {
  const rest = `${plural(requests, 'request')} rested on it`;
  if (fatal === undefined) return style.caution(rest) + style.faint(', it was never seen to fail alone');
  const failed = `failed with the request ${plural(fatal.count, 'time')}`;
  return style.bad(failed) + style.faint(`, as in trace ${visible(fatal.traceId)}; ${rest}`);
}

/** A heading with a list below it; each item is a line, and perhaps one more for what is known of it. */
function section<Item>(
  title: string,
  items: readonly Item[],
  { verbose, style }: ReportOptions,
  lines: (item: Item) => readonly string[],
): readonly string[] {
  if (items.length === 0) return [];
  const shown = verbose ? items : items.slice(0, SHOWN);
  const left = items.length - shown.length;
  return [
    `  ${style.strong(title)}`,
    ...shown.flatMap((item) => lines(item).map((line, index) => `${index === 0 ? '    ' : '      '}${line}`)),
    ...(left === 0 ? [] : [`    and ${formatCount(left)} more; --verbose shows all`]),
  ];
}
