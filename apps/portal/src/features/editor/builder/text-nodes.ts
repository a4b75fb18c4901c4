import { ENTITIES, fieldName, MARKS, TAG, TOKEN } from './rich-text';

/**
 * A text of an e-mail as nodes, before the server has rendered it. Only known
 * formats become elements, without attributes; fields are shown as their names.
 */
export function textNodes(document: Document, text: string): Node[] {
  const root = document.createElement('div');
  const open: Element[] = [root];
  let done = 0;
  const words = (to: number): void => {
    for (const [at, line] of text.slice(done, to).split('\n').entries()) {
      if (at > 0 && line.trim() !== '') open.at(-1)?.append(document.createElement('br'));
      open.at(-1)?.append(line);
    }
  };
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    words(match.index);
    done = match.index + token.length;
    const [, closes, tag] = TAG.exec(token) ?? [];
    const name = tag?.toLowerCase() ?? '';
    if (token.startsWith('{{')) open.at(-1)?.append(/^\{\{[#/]/.test(token) ? '' : fieldName(token));
    else if (token.startsWith('&')) open.at(-1)?.append(ENTITIES[token] ?? token);
    else if (name === 'br') open.at(-1)?.append(document.createElement('br'));
    else if (!(name in MARKS)) continue;
    else if (closes === '/') {
      if (open.length > 1) open.pop();
    } else {
      const element = document.createElement(name);
      open.at(-1)?.append(element);
      open.push(element);
    }
  }
  words(text.length);
  return [...root.childNodes];
}
