/** Explanations as a JSON document. */
import { formatSchedule } from '../../injector/schedule.js';
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { positionOf } from '../../model/diagnostics/source.js';
import { outlinesOf, type Outline } from '../explanations/outline.js';
import type { ExplainedScenario } from '../text/explanation.js';
import type { JsonExplanationDocument, JsonOutline } from './schema/explanations.js';

export function explanationDocument(
  explanations: readonly ExplainedScenario[],
  diagnostics: readonly Diagnostic[],
): JsonExplanationDocument {
  return {
    version: 1,
    explanations: explanations.map(({ name, bounds, question, faults, answer, depth }) => ({
      name,
      bounds,
      question: question.text,
      asks: question.asks,
      faults: formatSchedule(faults),
      answers: outlinesOf(answer, depth).map(outlineOf),
    })),
    diagnostics: diagnostics.map(({ code, severity, message }) => ({ code, severity, message })),
  };
}

function outlineOf({ text, kind, place, because, more }: Outline): JsonOutline {
  return {
    text,
    kind,
    place: place === undefined ? null : { file: place.source.name, ...positionOf(place.source, place.start) },
    because: because.map(outlineOf),
    more: more ?? null,
  };
}
