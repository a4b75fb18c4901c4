import { randomBytes } from 'node:crypto';
import { newId } from '#kernel';
import {
  type NewsletterCounts,
  type RecipientId,
  requireDraft,
  requireMove,
  resultsShown,
  shownOf,
} from './newsletter.js';
import { FIXED_LINKS, openNewsletterToken, sealNewsletterToken } from './newsletter-token.js';
import { withSettings } from './newsletter-letter.js';

const COUNTS: NewsletterCounts = {
  people: 5,
  partners: 2,
  waiting: 0,
  accepted: 4,
  refused: 1,
  withoutEmail: 0,
  opened: 3,
  clicked: 2,
  unsubscribed: 1,
};

describe('a newsletter', () => {
  it('moves from draft to sent, and back to draft only while it waits', () => {
    const id = newId<never>();
    expect(() => requireMove({ id, state: 'scheduled' }, 'draft')).not.toThrow();
    expect(() => requireMove({ id, state: 'sending' }, 'draft')).toThrow('cannot be stopped');
    expect(() => requireMove({ id, state: 'sent' }, 'scheduled')).toThrow('Duplicate it');
    expect(() => requireDraft({ id, state: 'scheduled' })).toThrow('Cancel the sending');
  });

  it('tells its vendor what people chose and did only from five people on', () => {
    expect(resultsShown(COUNTS)).toEqual(COUNTS);
    const { people, partners, ...others } = resultsShown({ ...COUNTS, people: 4 });
    expect({ people, partners }).toEqual({ people: 4, partners: 2 });
    expect(new Set(Object.values(others))).toEqual(new Set([null]));
    expect([shownOf(5, 0), shownOf(4, 0)]).toEqual([0, null]);
  });

  it('has links that nobody can guess or change', () => {
    const key = randomBytes(32);
    const token = { recipientId: newId<RecipientId>(), link: FIXED_LINKS.unsubscribe };
    const sealed = sealNewsletterToken(key, token);
    expect(openNewsletterToken(key, sealed)).toEqual(token);
    expect(openNewsletterToken(randomBytes(32), sealed)).toBeNull();
    expect(openNewsletterToken(key, `${sealed}A`)).toBeNull();
    const bytes = Buffer.from(sealed, 'base64url');
    bytes[16] = 0;
    expect(openNewsletterToken(key, bytes.toString('base64url'))).toBeNull();
  });

  it('says at its end why it came and where it stops, without a hole for markup', () => {
    const letter = { subject: 's', preheader: 'p', html: '<body><p>Hi</p></body>', text: 'Hi\n' };
    const settings = { why: 'Because of <A & B>.', label: 'Stop', url: 'https://a.example/n/1?m=2' };
    const { html, text } = withSettings(letter, settings);
    expect(html).toContain('Because of &lt;A &amp; B&gt;.');
    expect(html).toMatch(/Stop<\/a><\/p><\/body>$/);
    expect(text).toBe('Hi\n\nBecause of <A & B>. Stop:\nhttps://a.example/n/1?m=2\n');
  });
});
