/** What one run of the command line found so far, how that is told, and how the program will exit. */
import {
  type CheckResult,
  type Counterexample,
  type Diagnostic,
  type Findings,
  formatDiagnostic,
  hasErrors,
  isViolated,
  type ProtectResult,
  type RepairResult,
  reportCheck,
  reportLine,
  type ReportOptions,
  reportSummary,
  type RunResult,
  type SystemResult,
  type VerificationResult,
} from '../index.js';
import {
  type CounterexampleStudy,
  diagnostic,
  type ExplainedScenario,
  explanationDocument,
  fails,
  listDocument,
  type ListedScenario,
  reportExplanation,
  type ReporterContext,
  reportFailures,
  reportList,
  reportRequest,
  reportSystem,
  reportSystemLine,
  reportTraces,
  reportVerification,
  protectDocument,
  protectEnding,
  protectHeading,
  protectingSet,
  repairDocument,
  repairEnding,
  repairHeading,
  oneRepair,
  type Tolerance,
  toleranceAnalysis,
  toleranceDocument,
  toleranceHeading,
  toleranceMap,
  toleranceRow,
  traceDocument,
  type TraceResult,
  writeReport,
  writeRun,
} from '../toolkit.js';
import {
  EXIT,
  exitCodeOf,
  exitCodeOfSystem,
  exitCodeOfTraces,
  exitCodeOfVerification,
  moreSevere,
  type ExitCode,
} from './exit-codes.js';
import type { SessionOptions } from './invocation.js';
import type { Screen, Screens } from './io.js';
import { formatPrint, isNew } from './prints.js';
import { writeReports } from './reports.js';
import type { Signals } from './signals/signals.js';
import { styleFor } from './style.js';
import type { PrintSource, ToldProtection, ToldRepair, ToldTolerance, Watchable, WorkEvent } from './work.js';
import { WorkUnderWay } from './work-under-way.js';

/** Terminals may be wider, but nobody reads prose across 200 columns; and narrower, but then lines wrap. */
const WIDEST = 120;
const NARROWEST = 60;

export class Teller {
  private readonly results: CheckResult[] = [];
  private readonly studies = new Map<Counterexample, CounterexampleStudy>();
  private readonly runs: RunResult[] = [];
  private readonly explanations: ExplainedScenario[] = [];
  private readonly tolerances: Tolerance[] = [];
  private readonly protections: ProtectResult[] = [];
  private readonly repairs: RepairResult[] = [];
  private readonly verifications: VerificationResult[] = [];
  private readonly systems: SystemResult[] = [];
  /** What was said of what a check is made from. */
  readonly watched: Watchable[] = [];
  private listed: readonly ListedScenario[] = [];
  private tracesRead: TraceResult | undefined;
  private readonly diagnostics: Diagnostic[] = [];
  private readonly printed = new Set<string>();
  private exit: ExitCode = EXIT.certified;
  private paragraphs = 0;
  private readonly underWay: WorkUnderWay;
  private isFinished = false;

  constructor(
    private readonly io: Screens,
    private readonly options: SessionOptions,
    private readonly version: string,
    private readonly signals?: Signals,
  ) {
    this.underWay = new WorkUnderWay(io);
  }

  get exitCode(): ExitCode {
    return this.exit;
  }

  /** @param heard when, on the clock of `performance` */
  readonly tell = (event: WorkEvent, heard = performance.now()): void => {
    this.signals?.hear(event, heard);
    this.underWay.see(event, heard);
    switch (event.kind) {
      case 'entered':
      case 'found':
      case 'began':
      case 'progressed':
      case 'attempted':
      case 'driving':
      case 'requested':
      case 'read':
      case 'abandoned':
        return;
      case 'diagnosed':
        this.diagnose(event.diagnostics);
        return;
      case 'warned':
        this.signals?.diagnose(event.warnings);
        if (this.options.presentation === 'report') this.show(event.warnings);
        return;
      case 'checked':
        this.check(event.result);
        return;
      case 'studied':
        this.study(event.studies);
        return;
      case 'ran':
        this.run(event.result);
        return;
      case 'explained':
        this.explanation(event.result);
        return;
      case 'tolerated':
        this.tolerance(event.told);
        return;
      case 'protected':
        this.protection(event.told);
        return;
      case 'repaired':
        this.repair(event.told);
        return;
      case 'verified':
        this.verification(event.result);
        return;
      case 'traced':
        this.traces(event.result);
        return;
      case 'pictured':
        this.paragraph(reportRequest(event.run, this.reportOptions(this.io.out)));
        return;
      case 'listed':
        this.list(event.scenarios);
        return;
      case 'drove':
        this.system(event.result);
        return;
      case 'watchable':
        this.watched.push(event);
        return;
      case 'said':
        this.paragraph(event.text);
        return;
      case 'noted':
        if (this.options.presentation === 'report') this.io.out.write(event.text);
        return;
      case 'uncaught':
        this.diagnoseOnce(event.diagnostic);
        return;
      case 'printed':
        this.print(event.source, event.text);
        return;
      case 'failed':
        this.confess(event.what, event.stack);
    }
  };

  /** Tells diagnostics that no result carries. */
  diagnose(diagnostics: readonly Diagnostic[]): void {
    this.diagnostics.push(...diagnostics);
    this.signals?.diagnose(diagnostics);
    this.show(diagnostics);
    if (hasErrors(diagnostics)) this.worsen(EXIT.unable);
  }

  /** Threads may load the same module, and timers go on. */
  private diagnoseOnce(diagnostic: Diagnostic): void {
    const text = formatDiagnostic(diagnostic);
    if (!this.diagnostics.some((told) => formatDiagnostic(told) === text)) this.diagnose([diagnostic]);
  }

  /** Another thread may load the same module, or call the same handler. */
  private print(source: PrintSource | undefined, text: string): void {
    if (source !== undefined && !isNew(this.printed, source, text)) return;
    if (this.signals?.isLogged === true) this.signals.print(source, text);
    else this.io.err.write(formatPrint(source, text));
  }

  private list(scenarios: readonly ListedScenario[]): void {
    this.listed = scenarios;
    if (this.options.presentation !== 'document' && scenarios.length > 0)
      this.paragraph(reportList(scenarios));
  }

  private check(result: CheckResult): void {
    this.results.push(result);
    this.worsen(exitCodeOf(result, this.options));
    const options = this.reportOptions(this.io.out);
    if (this.options.presentation === 'report') this.paragraph(reportCheck(result, options));
    if (this.options.presentation === 'line') this.io.out.write(reportLine(result, options));
  }

  private study(studies: readonly CounterexampleStudy[]): void {
    const verdict = this.results.at(-1)?.verdict;
    if (verdict?.kind !== 'violated') return;
    for (const [index, study] of studies.entries()) this.studies.set(verdict.counterexamples[index], study);
  }

  private run(result: RunResult): void {
    this.runs.push(result);
    this.worsen(isViolated(result.run) ? EXIT.violated : EXIT.certified);
    const { presentation, runForm = 'text' } = this.options;
    if (presentation !== 'document')
      this.paragraph(writeRun(runForm, result, this.reportOptions(this.io.out)));
  }

  private explanation(result: ExplainedScenario): void {
    this.explanations.push(result);
    if (this.options.presentation !== 'document')
      this.paragraph(reportExplanation(result, this.reportOptions(this.io.out)));
  }

  /** Each part as soon as it is known. */
  private tolerance(told: ToldTolerance): void {
    if (told.kind === 'known') this.tolerances.push(told.tolerance);
    if (this.options.presentation === 'document') return;
    const options = this.reportOptions(this.io.out);
    switch (told.kind) {
      case 'begun':
        this.paragraph(toleranceHeading(told, options));
        return;
      case 'row':
        this.io.out.write(toleranceRow(told.row, { ...options, widest: told.widest }));
        return;
      case 'known':
        for (const text of [toleranceMap, toleranceAnalysis].map((part) => part(told.tolerance, options)))
          if (text !== '') this.paragraph(text);
    }
  }

  /** Each set as soon as it is known. */
  private protection(told: ToldProtection): void {
    if (told.kind === 'known') this.protections.push(told.result);
    if (this.options.presentation === 'document') return;
    const options = this.reportOptions(this.io.out);
    switch (told.kind) {
      case 'begun':
        this.paragraph(protectHeading(told, options));
        return;
      case 'found':
        this.io.out.write(protectingSet(told.set, options));
        return;
      case 'known':
        this.io.out.write(protectEnding(told.result, options));
    }
  }

  /** Each repair as soon as it is known. */
  private repair(told: ToldRepair): void {
    if (told.kind === 'known') this.repairs.push(told.result);
    if (this.options.presentation === 'document') return;
    const options = this.reportOptions(this.io.out);
    switch (told.kind) {
      case 'begun':
        this.paragraph(repairHeading(told, options));
        return;
      case 'found':
        this.io.out.write(oneRepair(told.repair, told.location, options));
        return;
      case 'known':
        this.io.out.write(repairEnding(told.result, options));
    }
  }

  private verification(result: VerificationResult): void {
    const { outcome } = result;
    this.verifications.push(result);
    this.worsen(exitCodeOfVerification(outcome));
    if (outcome.kind !== 'valid') {
      this.signals?.diagnose(outcome.problems);
      this.show(outcome.problems);
    }
    if (this.options.presentation === 'document') return;
    for (const text of reportVerification(result, this.reportOptions(this.io.out))) this.paragraph(text);
  }

  private traces(result: TraceResult): void {
    this.tracesRead = result;
    this.worsen(exitCodeOfTraces(result));
    if (this.options.presentation !== 'document')
      this.paragraph(reportTraces(result, this.reportOptions(this.io.out)));
  }

  private system(result: SystemResult): void {
    this.systems.push(result);
    this.worsen(exitCodeOfSystem(result));
    const options = this.reportOptions(this.io.out);
    if (this.options.presentation === 'report') this.paragraph(reportSystem(result, options));
    if (this.options.presentation === 'line') this.io.out.write(reportSystemLine(result, options));
  }

  /** What only a bug in ldfi can cause, told to the one who cannot help it. */
  private confess(what: string, stack: string | undefined): void {
    const { verbose } = this.options;
    const hint =
      'please report it, with the command line, the files and the version' +
      (verbose ? '' : '; --verbose shows the stack, which belongs in the report');
    this.diagnose([diagnostic('RUN199', `this is a bug in ldfi, not in your protocol: ${what}`, { hint })]);
    if (verbose && stack !== undefined) this.io.err.write(`${stack}\n`);
  }

  /** The user asked to stop. */
  interrupt(): void {
    this.worsen(EXIT.interrupted);
  }

  /** To be called once, at the end: what can only be said of everything. Errors that come later are told all the same. */
  async finish(): Promise<void> {
    this.isFinished = true;
    await this.end();
    const { reports = [] } = this.options;
    if (reports.length > 0) this.diagnose(await writeReports(reports, this.findings, this.context, this.io));
  }

  private async end(): Promise<void> {
    const { results } = this;
    switch (this.options.presentation) {
      case 'document':
        this.io.out.write(await this.document());
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

  /** For programs. */
  private async document(): Promise<string> {
    const { explanations, tolerances, protections, repairs, tracesRead, diagnostics } = this;
    const { document, form = 'json' } = this.options;
    const inJson = (value: object) => `${JSON.stringify(value)}\n`;
    if (document === 'lists') return inJson(listDocument(this.listed, diagnostics));
    if (document === 'traces') return inJson(traceDocument(tracesRead, diagnostics));
    if (document === 'tolerances') return inJson(toleranceDocument(tolerances, diagnostics));
    if (document === 'protections') return inJson(protectDocument(protections, diagnostics));
    if (document === 'repairs') return inJson(repairDocument(repairs, diagnostics));
    if (document === 'explanations') return inJson(explanationDocument(explanations, diagnostics));
    return writeReport(form, this.findings, this.context);
  }

  private get findings(): Findings {
    const { results, runs, verifications, systems, diagnostics } = this;
    return { results, runs, verifications, systems, diagnostics };
  }

  private get context(): ReporterContext {
    const { asExpected } = this.options;
    return { asExpected, version: this.version, studies: this.studies };
  }

  /** To be called after the end, where not all of it could be written: verdicts are told on the other stream. */
  tellLost(reason: string): void {
    const { io, options, results, systems } = this;
    const lost = diagnostic('RUN117', `standard output cannot be written: ${reason}`, {
      hint: 'what was written of it is not whole; the verdicts are these',
    });
    io.err.write(`${formatDiagnostic(lost, styleFor(io.err, options.colour))}\n`);
    for (const result of results) io.err.write(reportLine(result, this.reportOptions(io.err)));
    for (const system of systems) io.err.write(reportSystemLine(system, this.reportOptions(io.err)));
    this.worsen(EXIT.unable);
  }

  /** To be called after the end: what ldfi tells of itself did not arrive. That is no part of any result. */
  tellUnsent(reason: string): void {
    const unsent = diagnostic('RUN133', `spans and counts of ldfi itself could not be sent: ${reason}`);
    this.signals?.diagnose([unsent]);
    this.show([unsent]);
  }

  private show(diagnostics: readonly Diagnostic[]): void {
    if (this.signals?.isLogged === true) return;
    if (this.options.presentation === 'document' && !this.isFinished) return;
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
    const { colour, verbose, asExpected, watch } = this.options;
    const { shell = 'posix' } = this.io;
    const style = styleFor(screen, colour);
    return { width, style, verbose, asExpected, shell, ...(watch !== undefined && { watch }) };
  }
}
