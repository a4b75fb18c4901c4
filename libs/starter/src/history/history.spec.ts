import { parseDocument } from 'yaml';
import { readPackage } from '#content';
import { DAY_MS, HOUR_MS } from '#kernel';
import { campaignFolder, readSeed, type SeedContact, seedContacts, type SeedPartner } from '../seed-file.js';
import { Agenda } from './agenda.js';
import { ENDED_CAMPAIGN, importedBy, joinedAt, LAUNCHES, midnightOf, publishedAt, RECALL } from './history-plan.js';
import { csvOf, importedPeople } from './imported-people.js';
import { nextMove } from './lead-work.js';
import { reactionsTo } from './reaction.js';
import { bounceOf } from './returned-mail.js';
import { stopAfter, workMorning } from './times.js';

const STEPS = ['welcome', 'proof', 'workshop', 'last-call'];
const SENT_AT = new Date('2026-10-05T14:00:00Z');

describe('the history of the demonstration', () => {
  const seed = readSeed();
  const todays = Array.from({ length: 28 }, (_, day) => new Date(Date.parse('2026-11-27T15:00:00Z') + day * DAY_MS));

  /** All people to whom a partner writes. */
  const peopleOf = (partner: SeedPartner, campaign?: string): SeedContact[] => {
    const audiences = LAUNCHES.filter(
      (launch) => launch.partner === partner.key && (campaign === undefined || launch.campaign === campaign),
    ).flatMap(({ to }) => to);
    return [...new Set(audiences)].flatMap((audience) =>
      audience === 'customers' ? seedContacts(seed, partner) : importedPeople(seed, partner, audience),
    );
  };

  it('names partners and campaigns of the seed, and at most two launches of a certified partner', () => {
    const joined = seed.partners.filter(({ invited }) => !invited).map(({ key }) => key);
    expect(LAUNCHES.filter(({ partner }) => !joined.includes(partner))).toEqual([]);
    const names: string[] = [...seed.campaigns.map(({ name }) => name), ENDED_CAMPAIGN.name];
    expect(LAUNCHES.filter(({ campaign }) => !names.includes(campaign))).toEqual([]);
    for (const { key, attributes } of seed.partners)
      if ('Security specialist' in attributes)
        expect(LAUNCHES.filter(({ partner }) => partner === key).length).toBeLessThan(3);
    // Its first launch is the one that can be undone.
    expect(LAUNCHES.some(({ partner }) => partner === 'cascade')).toBe(false);
  });

  it('begins with four weeks that are released, in programmes of 30 days, whatever the day is', () => {
    for (const today of todays) {
      const published = publishedAt(today);
      expect([published.getUTCDay(), published.getUTCHours()]).toEqual([1, 6]);
      const age = (today.getTime() - published.getTime()) / DAY_MS;
      // Released twelve days after its end.
      expect(age).toBeGreaterThan(28 + 11);
      expect(age).toBeLessThan(28 + 11 + 29);
      expect(published.getTime() - joinedAt(today).getTime()).toBeGreaterThan(30 * DAY_MS);
    }
  });

  it('has its second launches in the first of the last four weeks that are released, and the rest after these', () => {
    for (const today of todays) {
      const begins = midnightOf({ after: 'home', days: 0 }, today).getTime();
      expect(begins).toBeGreaterThanOrEqual(midnightOf({ after: 'publication', days: 0 }, today).getTime());
      // Released eight days after its end.
      const releasedUntil = begins + 28 * DAY_MS;
      expect((today.getTime() - releasedUntil) / DAY_MS).toBeGreaterThan(7);
      for (const { on } of LAUNCHES.filter((launch) => launch.on.after === 'today'))
        expect(workMorning(midnightOf(on, today)).getTime()).toBeGreaterThan(releasedUntil);
    }
  });

  it('recalls a post that the campaign has, after its launches and in weeks that are released', async () => {
    const read = await readPackage({ folder: campaignFolder(RECALL.campaign) });
    const definition = read.ok ? (read.pkg.files.get('campaign.yaml')?.toString('utf8') ?? '') : '';
    expect(parseDocument(definition).hasIn(['social', RECALL.tactic.key])).toBe(true);
    for (const today of todays) {
      const at = workMorning(midnightOf(RECALL.on, today)).getTime();
      for (const { on, campaign } of LAUNCHES)
        if (campaign === RECALL.campaign) expect(workMorning(midnightOf(on, today)).getTime()).toBeLessThan(at);
      expect(at).toBeLessThan(midnightOf({ after: 'home', days: 28 }, today).getTime());
    }
  });

  it('has enough people for sums beside their noise, and few enough for the minutes of a start', () => {
    const biggest = seed.partners.flatMap((partner) => peopleOf(partner, 'zero-trust-edge'));
    expect(new Set(biggest.map(({ email }) => email)).size).toBe(biggest.length);
    const first = LAUNCHES.filter(({ on }) => on.after === 'publication').map(({ partner }) => partner);
    const inFirst = seed.partners
      .filter(({ key }) => first.includes(key))
      .flatMap((partner) => peopleOf(partner, 'zero-trust-edge'));
    const did = (what: (email: string, step: string) => boolean): number =>
      inFirst.filter(({ email }) => STEPS.some((step) => what(email, step))).length;
    const reacts = (email: string, step: string, kind: string): boolean =>
      reactionsTo(email, step, SENT_AT).some(({ reaction }) => reaction.kind === kind);
    // 50 are shown; the noise is below 28 in about 99 of 100 installations.
    expect(did((email, step) => reacts(email, step, 'click'))).toBeGreaterThan(100);
    const forms = did((email, step) =>
      reactionsTo(email, step, SENT_AT).some(({ reaction }) => 'sendsForm' in reaction && reaction.sendsForm),
    );
    expect(forms).toBeGreaterThan(75);
    expect(forms).toBeLessThan(100);
  });

  it('has people, servers and gateways that react, and the same at each start', () => {
    const people = seed.partners.flatMap((partner) => peopleOf(partner));
    const kinds = (step: string): Map<string, number> => {
      const found = new Map<string, number>();
      for (const { email } of people)
        for (const { reaction } of reactionsTo(email, step, SENT_AT))
          found.set(reaction.kind, (found.get(reaction.kind) ?? 0) + 1);
      return found;
    };
    const all = STEPS.map(kinds);
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
      const bounced = peopleOf(partner).filter(({ email }) =>
        STEPS.some((step) => reactionsTo(email, step, SENT_AT).some(({ reaction }) => reaction.kind === 'bounce')),
      );
      expect(bounced.length).toBeLessThan(8);
    }
  });

  it('lets people read at a few times of a day', () => {
    const times = seed.partners
      .flatMap((partner) => peopleOf(partner))
      .flatMap(({ email }) => reactionsTo(email, 'welcome', SENT_AT))
      .filter(({ reaction }) => reaction.kind === 'click')
      .map(({ at }) => at.getTime());
    expect(Math.min(...times)).toBeGreaterThan(SENT_AT.getTime());
    expect(new Set(times).size).toBeLessThan(7);
  });

  it('looks for due e-mails three times a day, each day a little later', () => {
    const look = stopAfter(new Date('2026-10-05T09:00:00Z'), new Date('2026-10-05T08:00:00Z'));
    expect(look?.toISOString()).toMatch(/^2026-10-05T14:/);
    // The wait of four days ends seconds after the look.
    const due = new Date((look?.getTime() ?? 0) + 4 * DAY_MS + 20_000);
    expect(stopAfter(due, SENT_AT)?.getTime()).toBeLessThan(due.getTime() + HOUR_MS);
    expect(stopAfter(null, SENT_AT)).toBeNull();
  });

  it('has files that a partner would import', () => {
    expect(importedBy('brightwater').map(({ fileName }) => fileName)).toEqual([
      'trade-fair-visitors.csv',
      'webinar-guests.csv',
    ]);
    const [partner] = seed.partners;
    if (partner === undefined) throw new Error('The seed has no partner.');
    const people = importedPeople(seed, partner, { prefix: 'visitor', people: 2 });
    expect(csvOf(people, 'GB').split('\r\n')).toHaveLength(3);
  });

  it('has partners that accept leads, make offers, and win and lose deals', () => {
    const createdAt = new Date('2026-10-01T09:00:00Z');
    const fates = Array.from({ length: 60 }, (_, at) => {
      const seen: string[] = [];
      let status: 'new' | 'accepted' | 'working' | 'won' | 'lost' = 'new';
      for (let day = 0; day < 60; day++) {
        const next = nextMove(
          { email: `person${at}@customer.example.com`, status, createdAt },
          new Date(createdAt.getTime() + day * DAY_MS),
          'DE',
        );
        if (next === null) continue;
        const to = next.to === 'deal' ? (next.deal.stage ?? 'accepted') : next.to;
        seen.push(to);
        status = to === 'won' || to === 'lost' ? to : to === 'accepted' ? 'accepted' : 'working';
      }
      return seen;
    });
    expect(new Set(fates.map((fate) => fate.join()))).toEqual(
      new Set(['accepted', 'accepted,lost', 'accepted,proposal', 'accepted,proposal,won', 'accepted,proposal,lost']),
    );
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
