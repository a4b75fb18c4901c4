import type { Localised } from '#content';
import type { Master, Program } from '#rendering';

/** A text of a template's masters in each of their languages, as its author knows it. */
export function programTexts(masters: Readonly<Record<string, Master>>, part: 'subject' | 'preheader'): Localised {
  return Object.fromEntries(Object.values(masters).map((master) => [master.locale, programText(master, master[part])]));
}

/** A program as its author knows it: fields in braces, the first variant of conditions. */
function programText(master: Master, program: Program): string {
  return program
    .map((node) => {
      if (typeof node === 'string') return node;
      if ('hole' in node) return `{{${master.holes[node.hole]?.path ?? ''}}}`;
      return programText(master, node.body);
    })
    .join('');
}
