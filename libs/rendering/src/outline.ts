import type { Token } from 'parse5';
import type { SourcePosition, SourceReport } from './position.js';
import type { Expanded } from './template.js';
import type { TemplateType } from '#contracts';

interface Opened {
  readonly name: string;
  readonly place: SourcePosition;
}

/**
 * Follows the tags of a source as written. Reports unclosed components and
 * headings out of order.
 */
export class Outline {
  private readonly opened: Opened[] = [];
  private level = 0;
  private firstHeadings = 0;

  constructor(
    private readonly kind: TemplateType,
    private readonly expanded: Expanded,
    private readonly report: SourceReport,
  ) {}

  open(tag: Token.TagToken): void {
    const place = this.report.positionAt(this.expanded.toSource(tag.location?.startOffset ?? 0));
    const { tagName: name } = tag;
    if (/^(?:mj-)?body$/.test(name)) this.report.recordPosition('body', place);
    // HTML has no self-closing custom tags. MJML is XML and has them.
    if (isComponent(name) && (!tag.selfClosing || this.kind === 'page')) this.opened.push({ name, place });
    const level = /^h([1-6])$/.exec(name)?.[1];
    if (level !== undefined) this.heading(Number(level), place);
  }

  close({ tagName: name }: Token.TagToken): void {
    if (!isComponent(name) || !this.opened.some((open) => open.name === name)) return;
    // Components that are still open within it are not closed.
    for (let open = this.opened.pop(); open !== undefined && open.name !== name; open = this.opened.pop())
      this.unclosed(open);
  }

  end(): void {
    for (const open of this.opened) this.unclosed(open);
    this.report.recordPosition('body', { line: 1, column: 1 });
  }

  private heading(level: number, place: SourcePosition): void {
    if (level > this.level + 1)
      this.report.warning(
        'heading-order',
        place,
        `A heading of level ${level} follows ${this.level === 0 ? 'none' : `one of level ${this.level}`}.`,
        'Do not skip levels: screen readers list headings.',
      );
    this.level = level;
    this.firstHeadings += level === 1 ? 1 : 0;
    if (level === 1 && this.firstHeadings === 2)
      this.report.warning('heading-first', place, 'There is a second heading of level 1.', 'Keep one.');
  }

  private unclosed({ name, place }: Opened): void {
    this.report.error('tag-unclosed', place, `<${name}> is not closed.`, `Write </${name}> where it ends.`);
  }
}

const isComponent = (name: string): boolean => /^(?:mjml$|mj-|tc-)/.test(name);
