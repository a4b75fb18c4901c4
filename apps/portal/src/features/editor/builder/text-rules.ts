import { attributeOf, pageBlockKind, type SourceElement } from '#template-source';
import { textHolder } from './email-copy';
import type { TextRules } from './rich-text';

/** What can be written in a block: buttons and plain slots have no formats. */
export function rulesOf(source: string, block: SourceElement): TextRules {
  const holder = textHolder(block);
  const isPlain =
    ['mj-button', 'tc-button'].includes(block.name) ||
    (block.kind === 'page' && pageBlockKind(source, block) === 'button') ||
    (holder.name === 'tc-slot' && (attributeOf(source, holder, 'format') ?? 'plain') === 'plain');
  return { hasFormats: !isPlain, lineBreak: isPlain ? ' ' : '<br />' };
}
