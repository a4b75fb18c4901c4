import type { AssetUses } from '#contracts';
import { campaignsToReplace } from './campaigns-to-replace';

const use = (campaignId: string, isNewest: boolean, isCurrent: boolean): AssetUses['items'][number] => ({
  campaignId,
  title: {},
  path: 'images/hero.jpg',
  number: 1,
  status: 'draft',
  isNewest,
  isCurrent,
});

describe('campaigns in which a picture can be replaced', () => {
  it('are those with an earlier one in their newest files, each once', () => {
    const uses = [use('a', true, false), use('a', true, false), use('b', true, true), use('b', false, false)];
    expect(campaignsToReplace(uses)).toEqual(['a']);
  });
});
