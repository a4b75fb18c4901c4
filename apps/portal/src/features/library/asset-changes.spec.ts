import type { LibraryAsset } from '#contracts';
import { bodyOf, isUnsaved, withoutSaved } from './asset-changes';

const ASSET = {
  title: 'Hero',
  folder: '',
  tags: [],
  alt: { en: 'A hero' },
  content: { captions: { en: 'WEBVTT' } },
  focal: null,
  crop: null,
  branding: null,
  reviewOn: null,
  expiresOn: null,
  version: 1,
} as unknown as LibraryAsset;

describe('unsaved changes of an asset', () => {
  it('stay when its cut or file is saved elsewhere, and do not take that back', () => {
    const changes = { alt: { en: 'A hero', de: 'Ein Held' } };
    const crop = { x: 0, y: 0, width: 0.5, height: 1 };
    const cut = { ...ASSET, crop, version: 2 };
    expect(isUnsaved(cut, changes)).toBe(true);
    expect(bodyOf({ ...cut, ...changes })).toMatchObject({ crop, alt: changes.alt });
  });

  it('are none if only a language without text was added, or a field is as before', () => {
    expect(isUnsaved(ASSET, { alt: { en: 'A hero', de: ' ' }, title: 'Hero' })).toBe(false);
    expect(isUnsaved(ASSET, {})).toBe(false);
  });

  it('are what was typed while a save was on its way', () => {
    const sent = { title: 'New hero', folder: 'Edge' };
    expect(withoutSaved({ ...sent, title: 'New heroes' }, sent)).toEqual({ title: 'New heroes' });
    expect(withoutSaved(sent, sent)).toEqual({});
  });
});
