import { groupOf, keyOf, postFault, postsOf, withoutPost, withPost, withPostCopy, withPostLink } from './posts';
import { POST_FORMATS, POST_LAYOUTS } from './post-layouts';
import { postStarter } from './post-starters';
import { documentFault, withDocument } from './documents';
import { pictureBoxes } from '../boxes/picture-boxes';

const CAMPAIGN = `# Ours
locales: [en, de]
brand: { defaults: { primary: '#0f5f59', onPrimary: '#ffffff', secondary: '#e4f3f0', onSecondary: '#12302d', link: '#0f5f59' } }
links: { demo: { target: 'https://a.example' }, page: { page: landing } }   # keep
social:
  announce: { text: social.announce.text, link: page, images: { landscape: social/a.svg, square: social/a.svg, story: social/b.svg } }
`;
const EN = "social:\n  announce:\n    text: 'Hello'   # said first\n    line: 'Below'\n";
const TEXTS = {
  'campaign.yaml': CAMPAIGN,
  'locales/en.yaml': EN,
  'locales/de.yaml': EN.replace('Hello', 'Hallo'),
  'social/a.svg':
    '<svg><rect id="tc:logo" x="1" y="1" width="9" height="9"/><text>{{t "social.announce.line"}}</text></svg>',
  'social/b.svg': '<svg><rect id="tc:logo" x="1" y="1" width="9" height="9"/></svg>',
};
const NEW = { name: 'Spring offer!', layout: 'statement', picture: '', words: postStarter } as const;

describe('a new post', () => {
  it('has three pictures, an entry, and a first text in each language; other lines stay', () => {
    const made = withPost(TEXTS, NEW);
    expect(Object.keys(made).toSorted()).toEqual([
      'campaign.yaml',
      'locales/de.yaml',
      'locales/en.yaml',
      ...POST_FORMATS.map((format) => `social/spring-offer.${format}.svg`),
    ]);
    expect(postsOf(made)).toContainEqual({
      key: 'spring-offer',
      text: 'posts.spring-offer.text',
      link: 'page',
      images: Object.fromEntries(POST_FORMATS.map((format) => [format, `social/spring-offer.${format}.svg`])),
    });
    for (const line of CAMPAIGN.split('\n')) expect(made['campaign.yaml']).toContain(line);
    expect(made['locales/de.yaml']).toContain("text: 'Hallo'   # said first");
    expect(made['locales/de.yaml']).toContain('[Ihre Überschrift]');
    expect(made['social/spring-offer.story.svg']).toContain('#0f5f59');
  });

  it.each(POST_LAYOUTS)('of the layout “%s” has its boxes within each size, with the same names', (layout) => {
    const made = withPost(TEXTS, { ...NEW, layout, picture: 'images/hero.jpg' });
    const boxes = POST_FORMATS.map((format) => {
      const path = `social/spring-offer.${format}.svg`;
      return pictureBoxes(path, made[path] ?? '').boxes;
    });
    const [first, ...others] = boxes.map((all) => all.map(({ id }) => id));
    expect(first).toContain('tc:logo');
    for (const other of others) expect(other.toSorted()).toEqual(first?.toSorted());
    expect(boxes.flat().every(({ rect }) => rect !== null && rect.x >= 0 && rect.y >= 0)).toBe(true);
    const usesSlot = first?.includes('tc:text:spring-offer-headline') ?? false;
    expect(made['campaign.yaml']?.includes('spring-offer-headline')).toBe(usesSlot);
  });

  it('is refused without a usable name, a free one, or a link', () => {
    expect(keyOf('Überraschung für Ärzte – 100 %')).toBe('uberraschung-fur-arzte-100');
    expect(keyOf('x'.repeat(90))).toHaveLength(40);
    expect(postFault(TEXTS, ' 2026 ')).toBe('empty');
    expect(postFault(TEXTS, 'عرض')).toBe('empty');
    expect(postFault(TEXTS, 'Announce')).toBe('taken');
    expect(postFault({ ...TEXTS, 'campaign.yaml': 'locales: [en]\n' }, 'New')).toBe('noLink');
    expect(postFault({ ...TEXTS, 'campaign.yaml': 'a: [' }, 'New')).toBe('unreadable');
    expect(postFault(TEXTS, 'New')).toBeNull();
  });

  it('can be a copy with texts and pictures of its own', () => {
    const [announce] = postsOf(TEXTS);
    expect(groupOf(announce!)).toBe('social.announce');
    const made = withPostCopy(TEXTS, announce!, 'Second');
    expect(made['social/second.square.svg']).toContain('{{t "posts.second.line"}}');
    expect(made['locales/en.yaml']).toContain('line: Below');
    expect(postsOf(made).map(({ key, text }) => [key, text])).toEqual([
      ['announce', 'social.announce.text'],
      ['second', 'posts.second.text'],
    ]);
  });

  it('goes with its pictures, except those of another post', () => {
    const both = { ...TEXTS, ...withPost(TEXTS, NEW) };
    const one = postsOf(both).find(({ key }) => key === 'spring-offer')!;
    const after = withoutPost(both, one);
    expect(after['social/spring-offer.square.svg']).toBeNull();
    expect(after['campaign.yaml']).toBe(CAMPAIGN);
  });

  it('changes its link', () => {
    expect(withPostLink(TEXTS, 'announce', 'demo')['campaign.yaml']).toBe(
      CAMPAIGN.replace('link: page,', 'link: demo,'),
    );
  });
});

describe('a new document', () => {
  it('has an entry, a link and a title in each language', () => {
    const made = withDocument(TEXTS, 'Price list');
    expect(made['campaign.yaml']).toContain(
      'price-list: { source: documents/price-list.pdf, title: documents.price-list }',
    );
    expect(made['campaign.yaml']).toContain('priceList: { document: price-list }');
    expect(made['locales/de.yaml']).toContain('price-list: Price list');
    expect(documentFault({ ...TEXTS, ...made }, 'Price list')).toBe('taken');
    // Another link of that name.
    const taken = { ...TEXTS, 'campaign.yaml': CAMPAIGN.replace('demo:', 'priceList:') };
    expect(withDocument(taken, 'Price list')['campaign.yaml']).toContain('priceList2: { document: price-list }');
  });
});
