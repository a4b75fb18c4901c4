import type { CompiledCampaign } from '#content';
import { clickedLink } from './clicked-link.js';

const CAMPAIGN = {
  definition: {
    links: {
      page: { kind: 'page', page: 'landing', tracked: true },
      brochure: { kind: 'document', document: 'brochure', tracked: true },
      shop: { kind: 'partner', label: { en: 'Your shop', de: 'Ihr Shop' }, tracked: true },
      study: { kind: 'target', target: 'https://www.example.com/study?x=1', tracked: true },
    },
  },
  documents: [{ key: 'brochure', title: { en: 'Zero trust at the edge' } }],
} as unknown as CompiledCampaign;

it.each([
  ['page', 'page', null],
  ['brochure', 'document', 'Zero trust at the edge'],
  ['shop', 'partner', 'Ihr Shop'],
  ['study', 'target', 'www.example.com'],
  ['gone', 'other', null],
])('says what is behind the link %s', (name, kind, text) => {
  expect(clickedLink(CAMPAIGN, name, 'de')).toEqual({ name, kind, text });
});
