import type { Asset, Poster } from './asset.js';
import { requirePoster, shownPoster } from './poster.js';

const TODAY = '2026-11-27';
const PICTURE = { kind: 'picture', title: 'Hero', withdrawn: null, reviewOn: null, expiresOn: null } as Asset;
const refusal = (act: () => void): unknown => {
  try {
    act();
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the poster of a video', () => {
  it('is a picture or logo of the library that may be used today', () => {
    const codeOf = (picture: Partial<Asset> | null, kind: Asset['kind'] = 'video') =>
      refusal(() => requirePoster(kind, picture === null ? null : { ...PICTURE, ...picture }, TODAY));
    expect([codeOf({}), codeOf({ kind: 'logo' }), codeOf({ expiresOn: TODAY })]).toEqual([null, null, null]);
    expect(codeOf({}, 'document')).toBe('asset.poster-unfit');
    expect(codeOf(null)).toBe('asset.poster-unknown');
    expect(codeOf({ kind: 'document' })).toBe('asset.no-picture');
    expect(codeOf({ withdrawn: { at: new Date(), reason: 'Old' } })).toBe('asset.poster-withdrawn');
    expect(codeOf({ expiresOn: '2026-11-26' })).toBe('asset.expired');
  });

  it('is not shown after the last day of the picture', () => {
    const poster = { expiresOn: TODAY } as Poster;
    expect(shownPoster({ poster }, TODAY)).toBe(poster);
    expect(shownPoster({ poster }, '2026-11-28')).toBeNull();
    expect(shownPoster({ poster: null }, TODAY)).toBeNull();
  });
});
