import {
  linkNameFault,
  readLinks,
  usesOf,
  withLinkName,
  withLinkTarget,
  withNewLink,
  withoutLink,
  withTracked,
} from './links';

const CAMPAIGN = `# Links of the autumn campaign
locales: [en, de]
links:
  demo: { target: "https://www.example.com/demo", tracked: true } # the trial
  page: { page: landing }
social:
  announce: { link: demo }
leads:
  clicks: { count: 2, links: [demo, page] }
sequence:
  steps:
    - { key: watch, until: [{ click: demo, then: end }] }
`;
const TEXTS = {
  'campaign.yaml': CAMPAIGN,
  'emails/a.mjml': '<mj-button href="{{links.demo}}">{{t "a"}}</mj-button>',
  'emails/b.mjml': '<mj-button href="{{links.demonstration}}" />',
  'locales/en.yaml': 'a: See <a href="{{ links.demo }}">it</a>\n',
};

describe('the links of a campaign', () => {
  it('are listed with their kind, and where they are used', () => {
    expect(readLinks(TEXTS)).toEqual([
      {
        name: 'demo',
        kind: 'target',
        target: 'https://www.example.com/demo',
        tracked: true,
        label: {},
        usedIn: ['campaign.yaml', 'emails/a.mjml', 'locales/en.yaml'],
      },
      { name: 'page', kind: 'page', target: 'landing', tracked: true, label: {}, usedIn: ['campaign.yaml'] },
    ]);
    expect(usesOf(TEXTS, 'nothing')).toEqual([]);
  });

  it('are renamed everywhere, and nothing else changes', () => {
    const renamed = withLinkName(TEXTS, 'demo', 'trial');
    expect(renamed['campaign.yaml']).toBe(CAMPAIGN.replaceAll(/demo(?=[:,\s])/g, 'trial'));
    expect(renamed['emails/a.mjml']).toContain('{{links.trial}}');
    expect(renamed['locales/en.yaml']).toContain('{{links.trial}}');
    expect(renamed['emails/b.mjml']).toBeUndefined();
  });

  it('change their target without a change of their line’s comment', () => {
    expect(withLinkTarget(CAMPAIGN, 'demo', 'target', 'https://b.example/')).toContain(
      '  demo: { target: "https://b.example/", tracked: true } # the trial\n',
    );
    expect(withLinkTarget(CAMPAIGN, 'page', 'partner', '')).toContain(
      '  page: { partner: true, label: { en: page, de: page } }\n',
    );
    expect(withTracked(CAMPAIGN, 'demo', false)).toContain('tracked: false } # the trial');
  });

  it('are added and taken away', () => {
    const added = withNewLink(CAMPAIGN, 'shop', 'https://shop.example/');
    expect(added).toContain('  shop: { target: https://shop.example/, tracked: true }\n');
    expect(withoutLink(added, 'shop')).toBe(CAMPAIGN);
    expect(withNewLink('locales: [en]\n', 'shop', 'https://shop.example/')).toContain('links:\n  shop:');
  });

  it.each([
    ['demo', 'taken'],
    ['Demo', 'form'],
    ['case-study', 'form'],
    ['caseStudy', null],
  ])('are not called %s: %s', (name, fault) => expect(linkNameFault(TEXTS, name)).toBe(fault));
});
