/** `ldfi explain`: why something is so in one run, or is not. */
import { explainProtocol, parseSchedule, type PreparedScenario, readQuestion } from '../index.js';
import {
  diagnostic,
  drawExplanation,
  explanationAsDot,
  explanationAsMermaid,
  type ExplainedScenario,
  outlinesOf,
  protocolKind,
  sourcesOf,
} from '../toolkit.js';
import { diagnoseFailure } from './failures.js';
import { gather, preparedScenarios, type Gathered } from './gather.js';
import type { ExplainInvocation } from './invocation.js';
import { boundsOfRun } from './replay-bounds.js';
import type { Session } from './session.js';

/** Of those that are found out, the outline shows as many as were asked for: what lasts is one step there. */
const MOST_STEPS = 300;

export async function explainScenarios(invocation: ExplainInvocation, session: Session): Promise<void> {
  const gathered = await gather(invocation, invocation.settings, session);
  if (gathered === undefined) return;
  for await (const scenario of preparedScenarios(gathered, invocation.nodes, session))
    await explainOne(scenario, gathered, invocation, session);
}

async function explainOne(
  scenario: PreparedScenario,
  { bounds: layers, host }: Gathered,
  { question: text, inject, depth, form }: ExplainInvocation,
  session: Session,
): Promise<void> {
  const { name, nodes, protocol } = scenario;
  const bounds = boundsOfRun(scenario, layers, session);
  if (bounds === undefined) return;
  const scope = { nodes, eot: bounds.eot, ...protocolKind(protocol).askable(protocol) };
  const read = readQuestion(text, scope);
  if (read.kind === 'malformed') {
    session.diagnose(read.diagnostics);
    return;
  }
  const { question } = read;
  if (question.under !== undefined && inject !== undefined) {
    const twice = 'faults are given by `under` and by --inject';
    session.diagnose([diagnostic('RUN101', twice, { expected: 'one of them' })]);
    return;
  }
  const label = question.under === undefined ? '--inject' : 'under';
  const schedule = parseSchedule(question.under ?? inject ?? '', { nodes, bounds }, label);
  if (schedule.kind === 'malformed') {
    session.diagnose(schedule.diagnostics);
    return;
  }
  session.warn(protocolKind(protocol).warnings(protocol, bounds));
  try {
    const read = sourcesOf(host);
    const { faults } = schedule;
    const result = await explainProtocol(protocol, { nodes, bounds }, faults, question, MOST_STEPS, read);
    if (result.kind === 'refused') session.diagnose(result.diagnostics);
    else await tell({ name, bounds, depth, ...result.explanation }, form, session);
  } catch (error) {
    const problem = diagnoseFailure(error, host);
    if (problem === undefined) throw error;
    session.diagnose([problem]);
  }
}

async function tell(
  explained: ExplainedScenario,
  form: ExplainInvocation['form'],
  session: Session,
): Promise<void> {
  switch (form) {
    case 'text':
      session.explanation(explained);
      return;
    case 'dot':
      session.text(explanationAsDot(outlinesOf(explained.answer, explained.depth)));
      return;
    case 'mermaid':
      session.text(explanationAsMermaid(outlinesOf(explained.answer, explained.depth)));
      return;
    case 'svg':
      session.text(await drawExplanation(outlinesOf(explained.answer, explained.depth)));
  }
}
