/** What a docstring says, in its parts. */
import ts from 'typescript';

export interface Docstring {
  /** What comes before all tags. */
  readonly text: string;
  readonly parameters: readonly { readonly name: string; readonly text: string }[];
  /** What `@throws` says, one by one. */
  readonly throws: readonly string[];
  readonly examples: readonly string[];
}

/** Undefined where a declaration has none. */
export function readComment(node: ts.Node): Docstring | undefined {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const last = comments.at(-1);
  if (last === undefined) return undefined;
  const tags: readonly ts.JSDocTag[] = last.tags ?? [];
  const said = (name: string) =>
    tags.filter(({ tagName }) => tagName.text === name).map(({ comment }) => textOf(comment));
  return {
    text: textOf(last.comment),
    parameters: tags
      .filter(ts.isJSDocParameterTag)
      .map(({ name, comment }) => ({ name: name.getText(), text: textOf(comment) })),
    throws: tags.filter(({ tagName }) => tagName.text === 'throws').map(throwsText),
    examples: said('example'),
  };
}

/** The compiler takes the first word for a type, in which it stops at a comma. */
function throwsText(tag: ts.JSDocTag): string {
  const text = tag.getText().replace(/^@throws\s+/, '');
  return text.replace(/\n\s*\*[ \t]?/g, ' ').replace(/[\s*]+$/, '');
}

function textOf(comment: string | ts.NodeArray<ts.JSDocComment> | undefined): string {
  return (ts.getTextOfJSDocComment(comment) ?? '').trim();
}
