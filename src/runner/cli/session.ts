/** One run of the command line: what it found so far, how it tells that, and how it will exit. */
import { diagnostic, hasErrors, type Diagnostic } from '../../model/diagnostics.js';
import { formatDiagnostic } from '../../model/format-diagnostic.js';
import { SolverPool } from '../../solver/pool.js';
import { reportVerification } from '../certificate/report.js';
import type { VerificationResult } from '../certificate/result.js';
import { toJson } from '../json/encode.js';
import { fails, reportFailures } from '../report/expectation.js';
import type { ReportOptions } from '../report/options.js';
import { reportCheck, reportLine, reportSummary } from '../report/report.js';
import { reportRun, type RunResult } from '../report/run.js';
import type { CheckResult } from '../result.js';
import type { Style } from '../report/style.js';
import { EXIT, exitCodeOf, exitCodeOfVerification, moreSevere, type ExitCode } from './exit-codes.js';
import type { CliIo, Screen } from './io.js';
import { styleFor } from './style.js';

export interface SessionOptions {
  readonly presentation: 'report' | 'line' | 'json';
  readonly verbose: boolean;
  readonly colour: boolean;
  /** Whether a verdict that its scenario expects is no failure. */
  readonly asExpected: boolean;
}

/** Terminals may be wider, but nobody reads prose across 200 columns; and narrower, but then lines wrap. */
const WIDEST = 120;
const NARROWEST = 60;

export class Session {
  /** What its checks share. */
  readonly pool = new SolverPool();
  private readonly results: CheckResult[] = [];
  private readonly runs: RunResult[] = [];
  private readonly verifications: VerificationResult[] = [];
  private readonly diagnostics: Diagnostic[] = [];
  private exit: ExitCode = EXIT.certified;
  private paragraphs = 0;

  constructor(
    readonly io: CliIo,
    readonly options: SessionOptions,
    /** Of the package. */
    readonly version: string,
  ) {}

  get exitCode(): ExitCode {
    return this.exit;
  }

  /** Tells diagnostics that no result carries. */
  diagnose(diagnostics: readonly Diagnostic[]): void {
    this.diagnostics.push(...diagnostics);
    this.show(diagnostics);
    if (hasErrors(diagnostics)) this.worsen(EXIT.unable);
  }

  /** Shows warnings to a person, once; the document tells them with the results that carry them. */
  warn(warnings: readonly Diagnostic[]): void {
    if (this.options.presentation === 'report') this.show(warnings);
  }

  check(result: CheckResult): void {
    this.results.push(result);
    this.worsen(exitCodeOf(result, this.options));
    const options = this.reportOptions(this.io.out);
    if (this.options.presentation === 'report') this.paragraph(reportCheck(result, options));
    if (this.options.presentation === 'line') this.io.out.write(reportLine(result, options));
  }

  run(result: RunResult): void {
    this.runs.push(result);
    this.worsen(result.execution.violations.length > 0 ? EXIT.violated : EXIT.certified);
    if (this.options.presentation !== 'json')
      this.paragraph(reportRun(result, this.reportOptions(this.io.out)));
  }

  verification(result: VerificationResult): void {
    const { outcome } = result;
    this.verifications.push(result);
    this.worsen(exitCodeOfVerification(outcome));
    if (outcome.kind !== 'valid') this.show(outcome.problems);
    if (this.options.presentation === 'json') return;
    for (const text of reportVerification(result, this.reportOptions(this.io.out))) this.paragraph(text);
  }

  text(text: string): void {
    this.paragraph(text);
  }

  /** Adds to what was told last, for a person. */
  note(text: string): void {
    if (this.options.presentation === 'report') this.io.out.write(text);
  }

  /** Of what is written to standard output. */
  get style(): Style {
    return styleFor(this.io.out, this.options.colour);
  }

  /** The user asked to stop. */
  interrupt(): void {
    this.worsen(EXIT.interrupted);
  }

  /** To be called once, at the end: what can only be said of everything. */
  finish(): void {
    const { results, runs, verifications, diagnostics } = this;
    switch (this.options.presentation) {
      case 'json':
        this.io.out.write(`${JSON.stringify(toJson({ results, runs, verifications, diagnostics }))}\n`);
        return;
      case 'line':
        // Lines are for programs, which need not know of one that is about no check.
        if (this.options.asExpected && results.some(fails))
          this.io.err.write(reportFailures(results, this.reportOptions(this.io.err)));
        return;
      case 'report': {
        const options = this.reportOptions(this.io.out);
        const failures =
          this.options.asExpected && results.length > 0 ? reportFailures(results, options) : '';
        const ending = reportSummary(results, options) + failures;
        if (ending !== '') this.paragraph(ending);
      }
    }
  }

  /** To be called after the end, where not all of it could be written: verdicts are told on the other stream. */
  tellLost(reason: string): void {
    const { io, options, results } = this;
    const lost = diagnostic('RUN117', `standard output cannot be written: ${reason}`, {
      hint: 'what was written of it is not whole; the verdicts are these',
    });
    io.err.write(`${formatDiagnostic(lost, styleFor(io.err, options.colour))}\n`);
    for (const result of results) io.err.write(reportLine(result, this.reportOptions(io.err)));
    this.worsen(EXIT.unable);
  }

  private show(diagnostics: readonly Diagnostic[]): void {
    if (this.options.presentation === 'json') return;
    const style = styleFor(this.io.err, this.options.colour);
    for (const each of diagnostics) this.io.err.write(`${formatDiagnostic(each, style)}\n`);
  }

  /** Text that stands apart from what came before it. */
  private paragraph(text: string): void {
    if (this.paragraphs > 0) this.io.out.write('\n');
    this.paragraphs++;
    this.io.out.write(text);
  }

  private worsen(code: ExitCode): void {
    this.exit = moreSevere(code, this.exit);
  }

  private reportOptions(screen: Screen): ReportOptions {
    const width = Math.min(WIDEST, Math.max(NARROWEST, screen.columns));
    const { colour, verbose, asExpected } = this.options;
    const { shell = 'posix' } = this.io;
    return { width, style: styleFor(screen, colour), verbose, asExpected, shell };
  }
}
