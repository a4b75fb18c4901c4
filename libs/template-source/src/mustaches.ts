/** Where `{{…}}` stand in a source. */
export function mustachesIn(source: string): { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let at = 0; ;) {
    const from = source.indexOf('{{', at);
    const to = from === -1 ? -1 : mustacheEnd(source, from);
    if (to === -1) return found;
    found.push({ from, to });
    at = to;
  }
}

/** `{{…}}` as letters of the same length: quotes and `<` in it are no markup. */
export function masked(source: string): string {
  let out = '';
  let at = 0;
  for (const { from, to } of mustachesIn(source)) {
    out += source.slice(at, from) + source.slice(from, to).replaceAll(/[^\n\r]/g, 'x');
    at = to;
  }
  return out + source.slice(at);
}

function mustacheEnd(source: string, open: number): number {
  const comment = source.startsWith('{{!--', open) ? source.indexOf('--}}', open) : -1;
  if (comment !== -1) return comment + 4;
  const close = source.indexOf('}}', open + 2);
  if (close === -1) return -1;
  // After two braces, a third one closes a CSS rule.
  return source.startsWith('{{{', open) && source[close + 2] === '}' ? close + 3 : close + 2;
}
