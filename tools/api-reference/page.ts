/** The page of the API reference: every export, by module and section, in the order of the source. */
import { format, type FormatConfig } from 'oxfmt';
import type { Docstring } from './docstring.js';
import type { ApiEntry, ApiItem, ApiSection } from './exports.js';

/** @param style how code is set */
export async function apiPage(entries: readonly ApiEntry[], style: FormatConfig): Promise<string> {
  const anchors = new Anchors(entries);
  const parts = [
    '# API reference',
    'Everything that `ldfi`, `ldfi/vitest` and `ldfi/fast-check` export. This page is made from the docstrings of the ' +
      'source by `npm run docs:api`; what is not on it is internal. The [guide to library use](library.md) comes first.',
    ...entries.map(({ module, sections }) => contents(module, sections, anchors)),
  ];
  for (const entry of entries) parts.push(...(await entryParts(entry, anchors, style)));
  return set('page.md', parts.join('\n\n'), style);
}

function contents(module: string, sections: readonly ApiSection[], anchors: Anchors): string {
  const lines = sections.map(({ title, items }) => {
    const names = items.map((item) => `[${item.name}](#${anchors.of(item)})`).join(', ');
    return title === '' ? `- ${names}` : `- ${title}: ${names}`;
  });
  return `**${module}**\n\n${lines.join('\n')}`;
}

async function entryParts({ module, header, sections }: ApiEntry, anchors: Anchors, style: FormatConfig) {
  const parts = [`## ${module}`, anchors.linked(header)];
  for (const { title, items } of sections) {
    if (title !== '') parts.push(`### ${title}`);
    for (const item of items) parts.push(...(await itemParts(item, anchors, style)));
  }
  return parts;
}

async function itemParts({ name, declaration, docstring }: ApiItem, anchors: Anchors, style: FormatConfig) {
  return [
    `#### ${name}`,
    ...(docstring === undefined ? [] : [anchors.linked(docstring.text)]),
    code(await formatted(declaration, style)),
    ...(docstring === undefined ? [] : details(docstring, anchors)),
  ].filter((part) => part !== '');
}

function details({ parameters, throws, examples }: Docstring, anchors: Anchors): readonly string[] {
  const lines = [
    ...parameters.map(({ name, text }) => `- \`${name}\`: ${anchors.linked(text)}`),
    ...throws.map((text) => `- Throws ${anchors.linked(text)}`),
  ];
  return [lines.join('\n'), ...examples.map(code)];
}

function code(text: string): string {
  return `\`\`\`typescript\n${text.trim()}\n\`\`\``;
}

/** A member of an interface is no statement by itself. */
async function formatted(declaration: string, style: FormatConfig): Promise<string> {
  const isMember = !/^(?:abstract |async )?(?:class|const|function|interface|type|let)\b/.test(declaration);
  if (!isMember) return set('declaration.d.ts', declaration, style);
  const wrapped = await set('declaration.d.ts', `interface Wrapped {\n${declaration}\n}`, style);
  return wrapped.split('\n').slice(1, -2).join('\n').replace(/^ {2}/gm, '');
}

/** @param name what its ending says is the language */
async function set(name: string, text: string, style: FormatConfig): Promise<string> {
  const { code, errors } = await format(name, text, style);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return code;
}

/** Headings as GitHub makes anchors of them: the second of the same name gets a number. */
class Anchors {
  private readonly anchors = new Map<ApiItem, string>();
  private readonly byName = new Map<string, string>();

  constructor(entries: readonly ApiEntry[]) {
    const used = new Map<string, number>();
    const anchor = (heading: string): string => {
      const slug = slugOf(heading);
      const times = used.get(slug) ?? 0;
      used.set(slug, times + 1);
      return times === 0 ? slug : `${slug}-${times}`;
    };
    anchor('API reference');
    for (const { module, sections } of entries) {
      anchor(module);
      for (const { title, items } of sections) {
        if (title !== '') anchor(title);
        for (const item of items) {
          const own = anchor(item.name);
          this.anchors.set(item, own);
          this.byName.set(item.name, own);
        }
      }
    }
  }

  of(item: ApiItem): string {
    return this.anchors.get(item)!;
  }

  /** With `{@link name}` as a link where that is on the page, and as code where it is not. */
  linked(text: string): string {
    return text.replace(/\{@link\s+([^\s}]+)\s*\}/g, (_, name: string) => {
      const anchor = this.byName.get(name);
      return anchor === undefined ? `\`${name}\`` : `[\`${name}\`](#${anchor})`;
    });
  }
}

function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/\s/g, '-');
}
