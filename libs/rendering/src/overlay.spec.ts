import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { anEmail, aRecipient, partnerValues, POLICY } from './email.fixture.js';
import type { PartKind } from './describe.js';
import { bake, compileMaster, markParts, markSlots, type Master, personalise } from './index.js';

type Node = DefaultTreeAdapterTypes.Node;

/** The contents of a document, in order. */
interface Contents {
  readonly texts: string[];
  readonly comments: string[];
  readonly marked: Record<PartKind, string[]>;
}

describe('a master with its parts in colours', () => {
  let plain: Contents;
  let painted: Contents;
  let named: Contents;
  let onlyNamed: string;

  beforeAll(async () => {
    const compiled = await compileMaster(anEmail());
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
    plain = contentsOf(htmlOf(compiled.master));
    painted = contentsOf(htmlOf(markParts(compiled.master)));
    named = contentsOf(htmlOf(markParts(markSlots(compiled.master))));
    onlyNamed = htmlOf(markSlots(compiled.master));
  });

  it('names the slots alone, also where the parts are in colours', () => {
    expect(onlyNamed.match(/<span data-[^>]*>/g)).toEqual(['<span data-slot="offer">']);
    expect(named.marked).toEqual(painted.marked);
    expect(named.texts.join('')).toBe(plain.texts.join(''));
  });

  it('says the same as without them, also to Outlook', () => {
    expect(painted.texts.join('')).toBe(plain.texts.join(''));
    expect(painted.comments).toEqual(plain.comments);
    expect(plain.comments.length).toBeGreaterThan(5);
  });

  it('shows in whose hands each part is', () => {
    expect(painted.marked.slot).toEqual(['Ask us for a free assessment.']);
    expect(painted.marked.recipient).toEqual(expect.arrayContaining(['Jörg', 'joerg@customer.example']));
    expect(painted.marked.brand).toEqual(
      expect.arrayContaining(['Brightwater & Sons', 'Brightwater IT Ltd', '1 High Street, Leeds LS1 1AA', '<img>']),
    );
    expect(painted.marked.locked).toEqual(expect.arrayContaining(['Guten Tag', 'Unsubscribe', '<img>']));
    expect(painted.marked.locked.join(' ')).not.toMatch(/Jörg|Brightwater|assessment/);
  });

  it('leaves no visible word without a colour', () => {
    const marked = Object.values(painted.marked).flat().join('').replace(/\s/g, '');
    const visible = plain.texts.join('').replace(/\s/g, '');
    expect(visible.length).toBeGreaterThan(100);
    expect(marked.replaceAll('<img>', '')).toHaveLength(visible.length);
  });
});

function htmlOf(master: Master): string {
  const baked = bake(master, partnerValues(), POLICY);
  if (!baked.ok) throw new Error(JSON.stringify(baked.problems));
  const personal = personalise(baked.baked, aRecipient(), POLICY);
  if (!personal.ok) throw new Error(JSON.stringify(personal.problems));
  return personal.message.html;
}

function contentsOf(html: string): Contents {
  const contents: Contents = { texts: [], comments: [], marked: { locked: [], slot: [], brand: [], recipient: [] } };
  const visit = (node: Node): void => {
    if (node.nodeName === '#comment') contents.comments.push((node as DefaultTreeAdapterTypes.CommentNode).data);
    if (node.nodeName === '#text') contents.texts.push((node as DefaultTreeAdapterTypes.TextNode).value);
    if (['head', 'style', 'title'].includes(node.nodeName)) return;
    const kind = 'attrs' in node ? node.attrs.find(({ name }) => name === 'data-part')?.value : undefined;
    if (kind !== undefined) contents.marked[kind as PartKind].push(node.nodeName === 'img' ? '<img>' : textOf(node));
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return contents;
}

const textOf = (node: Node): string => {
  if (node.nodeName === '#text') return (node as DefaultTreeAdapterTypes.TextNode).value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
};
