/** The one way in which diagnostics come by the text of files, so that it is read where the user allows, or not at all. */
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { lineSpan } from '../../model/rules/typescript/locate.js';
import { isUnread } from '../../model/diagnostics/place.js';
import type { Source, SourceSpan } from '../../model/diagnostics/source.js';
import type { ScenarioHost } from './host.js';
import { fieldSpan } from './places.js';

/** A file's text, and what diagnostics are to call it, by its path; undefined where it cannot be read. */
export type ReadSource = (path: string) => Source | undefined;

/** Every place in a file refers to the same source, and none is read twice. */
export function sourcesOf(host: Pick<ScenarioHost, 'read' | 'display'>): ReadSource {
  const sources = new Map<string, Source | undefined>();
  return (path) => {
    if (!sources.has(path)) {
      const read = host.read(path);
      const source = read.kind === 'text' ? { name: host.display(path), text: read.text } : undefined;
      sources.set(path, source);
    }
    return sources.get(path);
  };
}

/** The same place in the text of its file: a field, or a line. Where that cannot be read, all that is known. */
export function locateSpan(span: SourceSpan, read: ReadSource): SourceSpan {
  if (!isUnread(span.source)) return span;
  const { name, unreadLine, fields = [] } = span.source;
  const source = read(name);
  if (source === undefined) return span;
  return fieldSpan(source, unreadLine, fields) ?? lineSpan(source, unreadLine);
}

/** The same diagnostic, with the text of the line that it speaks of. */
export function locateDiagnostic(diagnostic: Diagnostic, read: ReadSource): Diagnostic {
  const { span } = diagnostic;
  return span === undefined ? diagnostic : { ...diagnostic, span: locateSpan(span, read) };
}
