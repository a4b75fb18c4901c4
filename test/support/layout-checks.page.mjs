/* global document, innerWidth, NodeFilter, getComputedStyle */
/**
 * Runs within the page that is looked at: what of it is not drawn, cut, covered, out of shape or
 * too small, and every line of text with its place and colour. Reaches nothing outside of itself.
 */
export function look({ target, font }) {
  const problems = [];
  const lines = [];
  let text = '';
  const short = (words) => words.trim().slice(0, 40);
  const isAside = (element) => element.closest('.tc-trap, [style*="display:none"], title, style') !== null;
  const onTop = (x, y, owner) => {
    const top = document.elementFromPoint(x, y);
    return top !== null && owner.contains(top);
  };
  const hex = (colour) =>
    `#${(colour.match(/[\d.]+/g) ?? [])
      .slice(0, 3)
      .map((part) => Number(part).toString(16).padStart(2, '0'))
      .join('')}`;

  if (document.documentElement.scrollWidth > innerWidth)
    problems.push(`wider than the screen: ${document.documentElement.scrollWidth} of ${innerWidth} px`);

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const owner = node.parentElement;
    const words = node.textContent ?? '';
    if (owner === null || words.trim() === '' || isAside(owner)) {
      if (words !== '' && words.trim() === '') text += ' ';
      continue;
    }
    const style = getComputedStyle(owner);
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter(({ width, height }) => width >= 1 && height >= 1);
    const opacity = (element) =>
      element === null ? 1 : Number(getComputedStyle(element).opacity) * opacity(element.parentElement);
    const isDrawn = boxes.length > 0 && style.visibility === 'visible' && opacity(owner) > 0.9;
    text += isDrawn ? words : ' ';
    if (!isDrawn) {
      problems.push(`not drawn: ${short(words)}`);
      continue;
    }
    if (parseFloat(style.fontSize) < font) problems.push(`smaller than ${font} px: ${short(words)}`);
    for (const box of boxes) {
      if (box.left < -0.5 || box.right > innerWidth + 0.5) problems.push(`runs off the screen: ${short(words)}`);
      if (!onTop(box.left + box.width / 2, box.top + box.height / 2, owner)) problems.push(`covered: ${short(words)}`);
      for (let outer = owner; outer !== null && outer !== document.body; outer = outer.parentElement) {
        const frame = outer.getBoundingClientRect();
        const clips = getComputedStyle(outer).overflow !== 'visible' && getComputedStyle(outer).display !== 'inline';
        // Half a line of leading may stand out; half a letter may not.
        if (
          clips &&
          (box.bottom > frame.bottom + box.height / 4 || box.right > frame.right + 2 || box.left < frame.left - 2)
        )
          problems.push(`clipped: ${short(words)}`);
      }
    }
    const [first] = boxes;
    const large =
      parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    if (first !== undefined)
      lines.push({
        text: short(words),
        x: first.x,
        y: first.y,
        width: first.width,
        height: first.height,
        colour: hex(style.color),
        large,
      });
  }

  for (const image of document.images) {
    const box = image.getBoundingClientRect();
    const name = image.alt || image.src;
    if (!image.complete || image.naturalWidth === 0) problems.push(`picture not loaded: ${name}`);
    else if (Math.abs(box.width / box.height / (image.naturalWidth / image.naturalHeight) - 1) > 0.02)
      problems.push(`picture out of shape: ${name} (${box.width} × ${box.height})`);
    if (box.width < 20 || box.height < 10) problems.push(`picture too small: ${name}`);
    if (box.left < -0.5 || box.right > innerWidth + 0.5) problems.push(`picture runs off the screen: ${name}`);
    if (!onTop(box.left + box.width / 2, box.top + box.height / 2, image)) problems.push(`picture covered: ${name}`);
  }

  const isButton = (link) => getComputedStyle(link).display === 'inline-block';
  const pressed = [...document.querySelectorAll('button, input:not([type=checkbox], [type=hidden]), a')].filter(
    (element) => !isAside(element) && (element.tagName !== 'A' || isButton(element)),
  );
  for (const element of pressed) {
    const { width, height } = element.getBoundingClientRect();
    if (height < target || width < target)
      problems.push(`too small to press: ${short(element.textContent ?? '') || element.id} (${width} × ${height})`);
  }
  return { problems, text: text.replace(/\s+/g, ' '), lines };
}
