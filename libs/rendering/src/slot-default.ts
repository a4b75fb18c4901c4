import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import type { SlotFormat, SlotNodes, SlotRun } from './slot.js';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Style = Omit<SlotRun, 'text'>;

/**
 * Reads the content of a `<tc-slot>` tag as nodes.
 * @returns null if it contains something that slots do not allow.
 */
export function slotDefault(html: string, format: SlotFormat): SlotNodes | null {
  const blocks: SlotRun[][] = [[]];
  const reader = new Reader(blocks);
  for (const node of parseFragment(html).childNodes) if (!reader.read(node, {})) return null;
  const kept = blocks.map(trimmed).filter((runs) => runs.length > 0);
  return { kind: format === 'list' ? 'list' : 'paragraphs', blocks: kept };
}

class Reader {
  constructor(private readonly blocks: SlotRun[][]) {}

  read(node: Node, style: Style): boolean {
    if ('value' in node) {
      const text = node.value.replace(/\s+/g, ' ');
      if (text !== '') this.blocks.at(-1)?.push({ text, ...style });
      return true;
    }
    if (!('tagName' in node)) return 'data' in node;
    switch (node.tagName) {
      case 'br':
        this.blocks.push([]);
        return true;
      case 'b':
      case 'strong':
        return this.children(node, { ...style, bold: true });
      case 'i':
      case 'em':
        return this.children(node, { ...style, italic: true });
      case 'p':
      case 'li':
        this.blocks.push([]);
        return this.children(node, style);
      case 'ul':
      case 'ol':
      case 'span':
        return this.children(node, style);
      default:
        return false;
    }
  }

  private children(node: DefaultTreeAdapterTypes.Element, style: Style): boolean {
    return node.childNodes.every((child) => this.read(child, style));
  }
}

function trimmed(runs: readonly SlotRun[]): SlotRun[] {
  return runs
    .map((run, at) => ({ ...run, text: at === 0 ? run.text.trimStart() : run.text }))
    .map((run, at) => ({ ...run, text: at === runs.length - 1 ? run.text.trimEnd() : run.text }))
    .filter((run) => run.text !== '');
}
