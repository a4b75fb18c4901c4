import { type Asset, distinctTags, folderOf, isBrandable, lastNoticeDay, obstacleOf, stateOf } from './asset.js';
import { formatFor, picturePath } from './picture-name.js';

describe('the state of an asset', () => {
  it.each([
    ['expired', null, '2026-11-25'],
    ['expires-soon', null, '2026-11-26'],
    ['expires-soon', '2026-01-01', '2026-12-26'],
    ['review-due', '2026-11-26', null],
    ['current', '2026-11-27', '2027-01-01'],
  ])('is %s with a review on %s and the last day %s', (state, reviewOn, expiresOn) => {
    expect(stateOf({ reviewOn, expiresOn }, '2026-11-26')).toBe(state);
  });

  it('is what lists search for', () => {
    expect(lastNoticeDay('2026-11-26')).toBe('2026-12-26');
  });
});

describe('an asset for partners', () => {
  it('has copies in the partner’s brand if it has a place for its logo', () => {
    const document = (facts: object, branding: Asset['branding'] = null) =>
      isBrandable({ kind: 'document', branding, file: { facts } as Asset['file'] });
    expect(document({ slots: [], obstacle: null })).toBe(false);
    expect(document({ slots: ['logo'], obstacle: null })).toBe(true);
    expect(document({ slots: [], obstacle: null }, { logo: 'top-left', contact: null, page: 'first' })).toBe(true);
    expect(document({ slots: ['logo'], obstacle: { code: 'pdf-signed', message: '', remedy: '' } })).toBe(false);
    expect(document({ slots: ['logo'], obstacle: 'It is signed.' })).toBe(false);
  });

  it('has the code of what prevents copies, which texts are translated by', () => {
    const signed = { code: 'pdf-signed', message: 'It is signed.', remedy: 'Export it again.' };
    expect(obstacleOf({ facts: { obstacle: signed } })).toBe(signed);
    expect(obstacleOf({ facts: { obstacle: 'It is signed.' } })).toMatchObject({ code: 'pdf-unfillable' });
    expect(obstacleOf({ facts: { hasAlpha: true } })).toBeNull();
  });
});

describe('what a vendor writes', () => {
  it('gets folders without empty parts, and each tag once', () => {
    expect(folderOf(' Products / Edge // ')).toBe('Products/Edge');
    expect(distinctTags(['Edge', 'edge', 'Hero'])).toEqual(['Edge', 'Hero']);
  });

  it.each([
    ['Our Hero!', 'images/our-hero-12345678.jpg'],
    ['صورة البطل', 'images/صورة-البطل-12345678.jpg'],
    ['🚀🚀', 'images/picture-12345678.jpg'],
  ])('becomes a file name that packages accept: %s', (title, path) => {
    expect(picturePath(title, '1234567890', 'jpg')).toBe(path);
  });

  it('is a picture of a type that mail programs show', () => {
    expect(formatFor({ mediaType: 'image/webp', facts: { hasAlpha: false } })).toBe('jpg');
    expect(formatFor({ mediaType: 'image/webp', facts: { hasAlpha: true } })).toBe('png');
    expect(formatFor({ mediaType: 'image/svg+xml', facts: { hasAlpha: true } })).toBe('png');
  });
});
