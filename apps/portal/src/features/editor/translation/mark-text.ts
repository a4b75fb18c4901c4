import { partsOf } from '#translation';
import { rootOf } from '../builder/block-boxes';

const MARK = 'outline:3px solid #e8590c!important;outline-offset:2px!important;border-radius:2px';

const normal = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().toLowerCase();

/** Words of a text without its codes, the longest first. */
const wordsOf = (text: string): string[] =>
  partsOf(text)
    .flatMap((part) => (part.kind === 'words' ? [normal(part.text)] : []))
    .filter((words) => words.length > 0)
    .sort((one, other) => other.length - one.length);

/**
 * Marks the element of a rendering that shows a text, or the picture that has
 * it as its description.
 * @param at which one of several that have the same words.
 * @returns null if the rendering does not show it: it may be in a condition.
 */
export function markText(document: Document, text: string): Element | null {
  const [longest] = wordsOf(text);
  if (longest === undefined) return null;
  const root = rootOf(document);
  const found = smallestWith(root, longest) ?? pictureWith(root, longest);
  found?.setAttribute('style', `${found.getAttribute('style') ?? ''};${MARK}`);
  return found;
}

/** The innermost element that contains the words. */
function smallestWith(root: Element, words: string): Element | null {
  const body = root.querySelector(':scope > body');
  if (body === null || !normal(body.textContent).includes(words)) return null;
  let found: Element = body;
  for (;;) {
    const inner: Element | undefined = [...found.children].find(
      (child) =>
        !['STYLE', 'SCRIPT', 'TITLE'].includes(child.tagName) &&
        isShown(child) &&
        normal(child.textContent).includes(words),
    );
    if (inner === undefined) return found === body ? null : found;
    found = inner;
  }
}

/** The preheader is in the document, too, without any height. */
const isShown = (element: Element): boolean => {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0;
};

const pictureWith = (root: Element, words: string): Element | null =>
  [...root.querySelectorAll('img[alt]')].find((picture) => normal(picture.getAttribute('alt') ?? '') === words) ?? null;
