import { attributeOf, type SourceElement } from '#template-source';
import type { TextRules } from './rich-text';

/** What can be written in a block: buttons and plain slots have no formats. */
export function rulesOf(source: string, block: SourceElement): TextRules {
  const isPlain =
    ['mj-button', 'tc-button'].includes(block.name) ||
    (block.name === 'tc-slot' && (attributeOf(source, block, 'format') ?? 'plain') === 'plain');
  return { hasFormats: !isPlain, lineBreak: isPlain ? ' ' : '<br />' };
}
