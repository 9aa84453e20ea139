/**
 * A page that is one file: it asks for nothing from anywhere, and no script runs in it but the one that it is given,
 * whatever the names in it are. What it is made of is a tree; texts are never read as markup.
 */
import { createHash } from 'node:crypto';
import { toHtml } from 'hast-util-to-html';
import { h, type Result } from 'hastscript';

/** What stands in an element: another, or text. */
export type Markup = string | Extract<Result, { readonly type: 'element' }>;

export interface DocumentParts {
  readonly title: string;
  readonly style: string;
  readonly body: readonly Markup[];
  /** The one script that may run, once all else is there; most pages need none. */
  readonly script?: string;
}

/** The whole text of a page. */
export function documentText({ title, style, body, script }: DocumentParts): string {
  const allowed = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const policy = allowed.join('; ');
  return toHtml(
    h(
      null,
      { type: 'doctype' },
      h('html', { lang: 'en' }, [
        h('head', [
          h('meta', { charSet: 'utf-8' }),
          h('meta', { httpEquiv: 'Content-Security-Policy', content: policy }),
          h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
          h('title', title),
          h('style', style),
        ]),
        h('body', [...body, ...(script === undefined ? [] : [h('script', script)])]),
      ]),
    ),
  );
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Data that a script reads, of an element with the name. It is no markup, whatever is in it. */
export function dataElement(id: string, value: unknown): Markup {
  return h('script', { type: 'application/json', id }, JSON.stringify(value).replaceAll('<', '\\u003c'));
}
