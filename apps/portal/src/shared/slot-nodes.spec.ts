import { linesOf, retyped, type SlotNodes, tidied } from './slot-nodes';

const NODES: SlotNodes = {
  kind: 'list',
  blocks: [
    [{ text: 'Ask for a ' }, { text: 'free', bold: true }, { text: ' check.' }],
    [{ text: 'Book it', href: 'https://partner.example/book' }],
  ],
};

describe('the text of a slot during editing', () => {
  it.each([
    ['typed at the end', 'Ask for a free check.\nBook it now', ['Ask for a |free*| check.', 'Book it>| now']],
    ['typed inside of a link', 'Ask for a free check.\nBook about it', ['Ask for a |free*| check.', 'Book about it>']],
    ['a styled word replaced', 'Ask for a quick check.\nBook it', ['Ask for a |quick*| check.', 'Book it>']],
    ['typed before', 'Please ask for a free check.\nBook it', ['Please ask for a |free*| check.', 'Book it>']],
    ['a line removed', 'Book it', ['Book it>']],
    ['a line added', 'Ask for a free check.\nNew\nBook it', ['Ask for a |free*| check.', 'New', 'Book it>']],
    ['everything replaced', 'x', ['x']],
    ['nothing left', '', []],
  ])('keeps the styles of what stays: %s', (_, lines, expected) => {
    const edited = retyped(NODES, lines);
    expect(linesOf(edited)).toBe(lines);
    const { kind, blocks } = tidied(edited);
    expect(kind).toBe('list');
    const shown = ({ text, bold, href }: SlotNodes['blocks'][number][number]) =>
      `${text}${bold === true ? '*' : ''}${href === undefined ? '' : '>'}`;
    expect(blocks.map((runs) => runs.map(shown).join('|'))).toEqual(expected);
  });

  it('keeps spaces and blank lines during typing, and sends none', () => {
    const typed = retyped(NODES, 'Ask for a free check. \n\nBook it');
    expect(linesOf(typed)).toBe('Ask for a free check. \n\nBook it');
    expect(linesOf(tidied(typed))).toBe('Ask for a free check.\nBook it');
    expect(tidied(typed).blocks[0]).toEqual(NODES.blocks[0]);
  });
});
