import type { DefaultTreeAdapterTypes } from 'parse5';
import { writeEscaped } from './text-rules.js';

type Node = DefaultTreeAdapterTypes.ChildNode;

const PLAIN = ['b', 'i', 'ul', 'li'];

/**
 * Serialises a slot's nodes in canonical form.
 * @returns null if there is an element that slots do not allow.
 */
export function slotHtml(nodes: readonly Node[]): string | null {
  const parts = nodes.map(one);
  return parts.some((part) => part === null) ? null : parts.join('');
}

function one(node: Node): string | null {
  if ('value' in node) return writeEscaped(node.value);
  if (!('tagName' in node)) return null;
  const { tagName, attrs, childNodes } = node;
  const inner = slotHtml(childNodes);
  if (inner === null) return null;
  if (tagName === 'br') return attrs.length === 0 ? '<br>' : null;
  if (tagName === 'a') {
    const [href, ...others] = attrs;
    return href?.name === 'href' && others.length === 0 ? `<a href="${writeEscaped(href.value)}">${inner}</a>` : null;
  }
  return PLAIN.includes(tagName) && attrs.length === 0 ? `<${tagName}>${inner}</${tagName}>` : null;
}
