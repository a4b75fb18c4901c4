import fc from 'fast-check';
import { campaignNameOf, freeName } from './campaign-name.js';

describe('a campaign’s name', () => {
  it('is its title in plain letters', () => {
    expect(campaignNameOf('Zéro Trust: Frühling 2027!')).toBe('zero-trust-fruhling-2027');
  });

  it('begins with a letter, whatever the title', () => {
    expect(campaignNameOf('2027 in review')).toBe('campaign-2027-in-review');
    expect(campaignNameOf('零信任')).toBe('campaign');
  });

  it('is one that campaign.yaml takes, for every title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const name = campaignNameOf(title);
        expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
        expect(name.length).toBeLessThanOrEqual(60);
      }),
    );
  });

  it('is the next free one where it is taken', () => {
    expect(freeName('edge', (name) => ['edge', 'edge-2'].includes(name))).toBe('edge-3');
  });
});
