/**
 * Adds members to objects in the text of a JSON file. All else stays as it is, down to the blanks, which reading
 * the file and writing it anew would not allow.
 */
import { applyEdits, modify, type FormattingOptions } from 'jsonc-parser';

/**
 * Adds `key: value` at the end of the object that is the member `parent` of the outermost object, which is made
 * where there is none. Text on one line stays on it.
 *
 * @param text valid JSON whose outermost value is an object, as is that of `parent`
 */
export function addMember(text: string, parent: string, key: string, value: string): string {
  const isOneLine = /^\s*\{\s*"[^\n]*$/.test(text.trimEnd());
  const options = isOneLine ? {} : { formattingOptions: formattingOf(text) };
  return applyEdits(text, modify(text, [parent, key], value, options));
}

/** Lines and indentation as the text has them; two blanks where it has none. */
function formattingOf(text: string): FormattingOptions {
  const [, indentation] = /\n([ \t]+)"/.exec(text) ?? ['', '  '];
  const byTabs = indentation.startsWith('\t');
  return {
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    insertSpaces: !byTabs,
    tabSize: byTabs ? 1 : indentation.length,
  };
}
