import { DECOY_LINK } from '#rendering';
import { campaignLinks, isPartnersOwn, linkTargets } from './link-targets.js';

const page = 'https://portal.example/p/kessler-1';
const compiled = {
  definition: {
    links: {
      details: { kind: 'target', target: 'https://northwind.example/edge', tracked: true },
      home: { kind: 'partner', label: {}, tracked: true },
      form: { kind: 'page', page: 'landing', tracked: true },
      brochure: { kind: 'document', document: 'brochure', tracked: true },
    },
  },
} as const;
const proved = { website: 'https://www.kessler.example/', verifiedHosts: ['kessler.example'] };

describe('the links of an activation', () => {
  it('lead to the vendor, the partner, the landing page and its documents', () => {
    expect(campaignLinks({ compiled, profile: proved, page })).toEqual([
      { name: 'details', url: 'https://northwind.example/edge' },
      { name: 'home', url: 'https://www.kessler.example/' },
      { name: 'form', url: page },
      { name: 'brochure', url: `${page}/documents/brochure.pdf` },
    ]);
  });

  it.each([
    ['unproved', { ...proved, verifiedHosts: [] }],
    ['of another host than the proved one', { ...proved, verifiedHosts: ['kessler.test'] }],
    ['missing', { ...proved, website: null }],
  ])('lead to the landing page where the website is %s', (_, profile) => {
    const targets = new Map(linkTargets({ compiled, profile, page }).map(({ name, url }) => [name, url]));
    expect(targets.get('home')).toBe(page);
    expect(targets.get(DECOY_LINK)).toBe(page);
  });

  it('to legal pages lead to addresses that forward to them, never to the home page', () => {
    const targets = new Map(linkTargets({ compiled, profile: proved, page }).map(({ name, url }) => [name, url]));
    expect(targets.get('privacy')).toBe(`${page}/privacy`);
    expect(targets.get('imprint')).toBe(`${page}/imprint`);
  });

  it('lead on after a recall where nothing behind them is the vendor’s', () => {
    const names = linkTargets({ compiled, profile: proved, page }).map(({ name }) => name);
    expect(names.filter((name) => isPartnersOwn(name, compiled.definition))).toEqual([
      'home',
      'privacy',
      'imprint',
      DECOY_LINK,
    ]);
  });

  it('include the legal links and the decoy of every e-mail', () => {
    expect(linkTargets({ compiled, profile: proved, page }).map(({ name }) => name)).toEqual([
      'details',
      'home',
      'form',
      'brochure',
      'privacy',
      'imprint',
      DECOY_LINK,
    ]);
  });
});
