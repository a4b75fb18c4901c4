import { DAY_MS } from '#kernel';
import { readSeed, type SeedContact, seedContacts, type SeedPartner } from '../seed-file.js';
import { Agenda } from './agenda.js';
import { ENDED_CAMPAIGN, joinedAt, LAUNCHES, publishedAt } from './history-plan.js';
import { nextMove } from './lead-work.js';
import { reactionsTo } from './reaction.js';
import { bounceOf } from './returned-mail.js';
import { visitorsOf } from './visitors.js';

describe('the history of the demonstration', () => {
  const seed = readSeed();

  it('names partners and campaigns of the seed, in its time, and at most two launches of a certified partner', () => {
    const joined = seed.partners.filter(({ invited }) => !invited).map(({ key }) => key);
    expect(LAUNCHES.filter(({ partner }) => !joined.includes(partner))).toEqual([]);
    const names: string[] = [...seed.campaigns.map(({ name }) => name), ENDED_CAMPAIGN.name];
    expect(LAUNCHES.filter(({ campaign, day }) => !names.includes(campaign) || day >= 56)).toEqual([]);
    for (const { key, attributes } of seed.partners)
      if ('Security specialist' in attributes)
        expect(LAUNCHES.filter(({ partner }) => partner === key).length).toBeLessThan(3);
    // Its first launch is the one that can be undone.
    expect(LAUNCHES.some(({ partner }) => partner === 'cascade')).toBe(false);
  });

  it('has its first four weeks in one span that is released, whatever the day is', () => {
    for (let day = 0; day < 28; day++) {
      const today = new Date(Date.parse('2026-11-27T15:00:00Z') + day * DAY_MS);
      const published = publishedAt(today);
      expect([published.getUTCDay(), published.getUTCHours()]).toEqual([1, 6]);
      const age = (today.getTime() - published.getTime()) / DAY_MS;
      // Released twelve days after its end.
      expect(age).toBeGreaterThan(28 + 12);
      expect(age).toBeLessThan(56 + 29);
      expect(published.getTime() - joinedAt(today).getTime()).toBeGreaterThan(30 * DAY_MS);
    }
  });

  it('has people, servers and gateways that react, and the same at each start', () => {
    const contactsOf = (partner: SeedPartner): SeedContact[] => [
      ...seedContacts(seed, partner),
      ...visitorsOf(seed, partner),
    ];
    const people = seed.partners.flatMap(contactsOf);
    expect(new Set(people.map(({ email }) => email)).size).toBe(people.length);
    const kinds = (step: string): Map<string, number> => {
      const found = new Map<string, number>();
      for (const { email } of people)
        for (const { reaction } of reactionsTo(email, step))
          found.set(reaction.kind, (found.get(reaction.kind) ?? 0) + 1);
      return found;
    };
    const all = ['welcome', 'proof', 'workshop', 'last-call'].map(kinds);
    expect([...new Set(all.flatMap((found) => [...found.keys()]))].sort()).toEqual([
      'bounce',
      'click',
      'reply',
      'scan',
      'unsubscribe',
    ]);
    expect(kinds('welcome')).toEqual(all[0]);
    // Fewer than the eight bounces that stop a partner.
    for (const partner of seed.partners) {
      const bounced = contactsOf(partner).filter(({ email }) =>
        ['welcome', 'proof', 'workshop', 'last-call'].some((step) =>
          reactionsTo(email, step).some(({ reaction }) => reaction.kind === 'bounce'),
        ),
      );
      expect(bounced.length).toBeLessThan(8);
    }
  });

  it('has partners that accept leads, make offers, and win and lose deals', () => {
    const createdAt = new Date('2026-10-01T09:00:00Z');
    const fates = Array.from({ length: 60 }, (_, at) => {
      const seen: string[] = [];
      let status: 'new' | 'accepted' | 'working' | 'won' | 'lost' = 'new';
      for (let day = 0; day < 60; day++) {
        const next = nextMove(
          { contactId: `contact-${at}`, status, createdAt } as never,
          new Date(createdAt.getTime() + day * DAY_MS),
          'DE',
        );
        if (next === null) continue;
        const to = next.to === 'accepted' ? 'accepted' : (next.deal.stage ?? 'accepted');
        seen.push(to);
        status = to === 'won' || to === 'lost' ? to : to === 'accepted' ? 'accepted' : 'working';
      }
      return seen;
    });
    expect(fates.every(([first, second]) => first === 'accepted' && second === 'proposal')).toBe(true);
    expect(new Set(fates.map((fate) => fate.slice(2).join()))).toEqual(new Set(['', 'won', 'lost']));
  });

  it('is played in order of time', async () => {
    const agenda = new Agenda();
    const played: string[] = [];
    const add = (at: number, name: string): void => agenda.add(new Date(at), async () => void played.push(name));
    add(3, 'c');
    add(1, 'a');
    add(3, 'd');
    add(2, 'b');
    expect(agenda.nextAt).toEqual(new Date(1));
    while (agenda.nextAt !== null) await agenda.performNext();
    expect(played).toEqual(['a', 'b', 'c', 'd']);
  });

  it('returns mail as servers do', () => {
    expect(bounceOf('a@b.example', true).toString()).toMatch(/Status: 5\.1\.1\r\n/);
  });
});
