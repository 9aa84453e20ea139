/**
 * How a report marks its words. Reports are strings built by pure functions, so colour is handed in: the
 * command line passes one made from chalk, tests and files the plain one. The names say what a mark means
 * and not which colour it has.
 */
type Mark = (text: string) => string;

/** How reports mark what they say. */
export interface Style {
  /** Headings and names that the eye should find first. */
  readonly strong: Mark;
  /** What is there for completeness: lifelines, legends, units. */
  readonly faint: Mark;
  readonly good: Mark;
  /** Violations, losses, crashes. */
  readonly bad: Mark;
  /** What needs a second look, but is no failure. */
  readonly caution: Mark;
}

const unmarked: Mark = (text) => text;

/** No marks at all. */
export const plainStyle: Style = {
  strong: unmarked,
  faint: unmarked,
  good: unmarked,
  bad: unmarked,
  caution: unmarked,
};
