import type { UserId } from '#kernel';
import type { HeldItem } from '#notifications';
import { summaryLetter } from './weekly-letter.js';

const URL = 'https://portal.example';
const WEEK = { from: '2027-03-22', to: '2027-03-28' };

/** The item with this number in its title. */
const item = (number: number, inApp: boolean): HeldItem => ({
  userId: 'ada' as UserId,
  event: 'campaign-published',
  byName: 'Northwind',
  titles: { en: `Edge ${number}` },
  number: null,
  path: `/offers/${number}`,
  inApp,
});

const letterOf = (news: readonly HeldItem[], locale = 'en') =>
  summaryLetter({ email: 'ada@partner.example', name: 'Ada', locale }, URL, {
    organisation: 'Brightwater',
    week: WEEK,
    facts: { results: null, launches: [], open: [], news },
  });

describe('the weekly summary of much news', () => {
  const news = Array.from({ length: 13 }, (_, number) => item(number, true));

  it.each([
    ['en', '… and 3 more in the portal'],
    ['de', '… und 3 weitere im Portal'],
  ])('names ten, and how many more the portal lists, in %s', (locale, more) => {
    const { text, html } = letterOf(news, locale);
    expect(text).toContain('Edge 9');
    expect(text).not.toContain('Edge 10');
    expect(text).toContain(more);
    expect(html).toContain(`${URL}/notifications`);
  });

  it('names all that the portal does not list', () => {
    const { text } = letterOf([...news, item(13, false)]);
    expect(text).toContain('Edge 13');
    expect(text).toContain('… and 3 more');
  });

  it('says of no more where it names all', () => {
    expect(letterOf(news.slice(0, 10)).text).not.toContain('more in the portal');
  });
});
