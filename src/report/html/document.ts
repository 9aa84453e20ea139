/**
 * A page that is one file: it asks for nothing from anywhere, and no script runs in it, its own or another's, whatever
 * the names in it are. So it is drawn when it is written. What it is made of is a tree; texts are never read as markup.
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
}

/** The whole text of a page. */
export function documentText({ title, style, body }: DocumentParts): string {
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
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
        h('body', [...body]),
      ]),
    ),
  );
}
