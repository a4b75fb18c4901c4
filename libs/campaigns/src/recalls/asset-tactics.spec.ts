import { tacticsShowing } from './asset-tactics.js';

const master = (...images: string[]) => ({ en: { needs: { images } } });
const CAMPAIGN = {
  definition: { social: { news: { images: { square: 'social/news.svg' } }, plain: { images: {} } } },
  emails: [
    { key: 'welcome', masters: master('images/hero.jpg', 'images/logo.png') },
    { key: 'offer', masters: master('images/logo.png') },
  ],
  pages: [{ key: 'landing', masters: master('images/hero.jpg') }],
} as never;
const FILES = { files: new Map([['social/news.svg', Buffer.from('<image href="images/rack.png"/>')]]) };

describe('what shows a picture', () => {
  it.each([
    ['images/hero.jpg', ['email welcome', 'page landing']],
    ['images/logo.png', ['email welcome', 'email offer']],
    ['images/rack.png', ['social news']],
    ['images/none.png', []],
  ])('%s', (path, expected) => {
    expect(tacticsShowing(CAMPAIGN, new Set([path]), FILES).map(({ kind, key }) => `${kind} ${key}`)).toEqual(expected);
  });
});
