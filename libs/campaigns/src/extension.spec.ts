import { newId, type PartnerGroupId, type PartnerId } from '#kernel';
import { CampaignVersion } from './campaign-version.js';
import { extend, type Extension, requireNotOffered } from './extension.js';

const NOW = new Date('2026-11-26T10:00:00Z');
const [GOLD, SILVER] = [newId<PartnerGroupId>(), newId<PartnerGroupId>()];
const NOTHING: Extension = { partnerGroupIds: [], forEveryone: false, closesOn: null };

const published = (changes: Partial<CampaignVersion> = {}): CampaignVersion =>
  Object.assign(new CampaignVersion(), {
    number: 1,
    status: 'published',
    forEveryone: false,
    partnerGroupIds: [GOLD],
    opensOn: '2026-11-01',
    closesOn: '2026-12-01',
    ...changes,
  });

const refusalOf = (version: CampaignVersion, extension: Partial<Extension>): unknown => {
  try {
    return extend(version, { ...NOTHING, ...extension }, NOW);
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('an extension of a published version', () => {
  it('adds groups and days, and names what it changed', () => {
    const version = published();
    expect(extend(version, { ...NOTHING, partnerGroupIds: [SILVER, GOLD], closesOn: '2026-12-24' }, NOW)).toEqual({
      addedGroupIds: [SILVER],
      toEveryone: false,
      closedOn: '2026-12-01',
    });
    expect(version).toMatchObject({ partnerGroupIds: [GOLD, SILVER], forEveryone: false, closesOn: '2026-12-24' });
  });

  it('opens it to all partners instead of groups', () => {
    const version = published();
    expect(extend(version, { ...NOTHING, forEveryone: true, partnerGroupIds: [SILVER] }, NOW)).toEqual({
      addedGroupIds: [],
      toEveryone: true,
      closedOn: null,
    });
    expect(version).toMatchObject({ partnerGroupIds: [], forEveryone: true });
  });

  it('changes nothing that is so already', () => {
    expect(refusalOf(published(), { partnerGroupIds: [GOLD], closesOn: '2026-12-01' })).toBeNull();
    expect(refusalOf(published({ forEveryone: true, partnerGroupIds: [] }), { partnerGroupIds: [GOLD] })).toBeNull();
  });

  it('opens a launch period that is over again, but to no day that is over', () => {
    const over = { closesOn: '2026-11-10' };
    expect(refusalOf(published(over), { closesOn: '2026-11-20' })).toBe('availability.window-unusable');
    expect(refusalOf(published(over), { closesOn: '2026-11-26' })).toMatchObject({ closedOn: '2026-11-10' });
  });

  it('is refused if it is shorter, and for versions that are not published', () => {
    expect(refusalOf(published(), { closesOn: '2026-11-30' })).toBe('availability.shorter');
    for (const status of ['draft', 'in-review', 'retired', 'recalled'] as const)
      expect(refusalOf(published({ status }), { forEveryone: true })).toBe('campaign-version.not-extendable');
  });

  it('is refused for partners that can launch it already, by name', () => {
    const [harbour, kessler] = [newId<PartnerId>(), newId<PartnerId>()];
    const nameOf = (id: PartnerId): string => (id === harbour ? 'Harbour IT' : 'Kessler Systemhaus');
    expect(() => requireNotOffered([harbour, kessler], new Set(), nameOf)).not.toThrow();
    for (const offered of [new Set([kessler]), null])
      expect(() => requireNotOffered([kessler], offered, nameOf)).toThrow(/already: Kessler Systemhaus\. Take/);
    expect(() => requireNotOffered([harbour, kessler], new Set([kessler]), nameOf)).not.toThrow(/Harbour/);
  });
});
