import { type DefaultTreeAdapterTypes, defaultTreeAdapter as adapter, html as names, parseFragment } from 'parse5';
import { BLOCK_NUMBER, blockClass } from '#template-source';

export type Element = DefaultTreeAdapterTypes.Element;
export type ParentNode = DefaultTreeAdapterTypes.ParentNode;
export type ChildNode = DefaultTreeAdapterTypes.ChildNode;

/** Puts HTML at the end of an element. */
export function appendHtml(parent: Element, html: string): void {
  for (const node of [...parseFragment(parent, html, {}).childNodes]) {
    adapter.detachNode(node);
    adapter.appendChild(parent, node);
  }
}

/** Puts an element in place of another: HTML, which is parsed as content of a `div`. */
export function replaceBy(element: Element, html: string): void {
  const { parentNode } = element;
  if (parentNode === null) return;
  const context = adapter.createElement('div', names.NS.HTML, []);
  for (const node of [...parseFragment(context, html, {}).childNodes]) {
    adapter.detachNode(node);
    adapter.insertBefore(parentNode, node, element);
  }
  adapter.detachNode(element);
}

/** Puts a node before all others. */
export function adoptFirst(parent: ParentNode, node: ChildNode): void {
  adapter.detachNode(node);
  const [first] = parent.childNodes;
  if (first === undefined) adapter.appendChild(parent, node);
  else adapter.insertBefore(parent, node, first);
}

export const child = (parent: ParentNode, name: string): Element | null =>
  parent.childNodes.find((node): node is Element => 'tagName' in node && node.tagName === name) ?? null;
export const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((attr) => attr.name === name)?.value;

export const nameOf = (node: ChildNode | ParentNode | null): string =>
  node !== null && 'tagName' in node ? node.tagName : '';

/** On the canvas, a block is found by a class. Only its source has numbers. */
export function markBlock(element: Element): void {
  const number = attribute(element, BLOCK_NUMBER);
  if (number === undefined) return;
  const classes = [attribute(element, 'class') ?? CLASSES[element.tagName] ?? '', blockClass(number)];
  element.attrs = [
    ...element.attrs.filter(({ name }) => name !== BLOCK_NUMBER && name !== 'class'),
    { name: 'class', value: classes.join(' ').trim() },
  ];
}

/** Classes that our tags have if they have none of their own. */
const CLASSES: Readonly<Record<string, string>> = { 'tc-partner-logo': 'tc-logo' };
