import type { TeamMember } from '#identity';
import { newId, type OrganisationId, type UserId } from '#kernel';
import { concernedReaders, contactReaders, mailboxTold, ofManagedPartner, peopleTold } from './readers.js';

const organisationId = newId<OrganisationId>();
const person = (
  name: string,
  role: TeamMember['role'],
  locale: string,
  notifications: TeamMember['notifications'] = {},
): TeamMember => ({
  id: newId<UserId>(),
  organisationId,
  email: `${name}@x.example`,
  name,
  locale,
  role,
  notifications,
  timeZone: 'Europe/London',
  since: new Date(0),
});
const OLGA = person('Olga', 'owner', 'de');
const MAX = person('max', 'marketer', 'en');

/** Who gets an e-mail at once. */
const mailed = (...about: Parameters<typeof peopleTold>): string[] =>
  peopleTold(...about)
    .filter(({ delivery }) => delivery === 'at-once')
    .map(({ member }) => member.email);

describe('who is told', () => {
  it('of one partner are its channel manager, by e-mail too, and no other one', () => {
    const [own, other] = [person('cara', 'channel-manager', 'en'), person('carl', 'channel-manager', 'en')];
    const team = [OLGA, own, other];
    const told = peopleTold(team, 'launches', ofManagedPartner(contactReaders(null), own.id));
    expect(told.map(({ member, delivery, why }) => [member.name, delivery, why])).toEqual([
      ['Olga', 'at-once', 'owner'],
      ['cara', 'at-once', 'concerned'],
    ]);
    const unmanaged = peopleTold(team, 'launches', ofManagedPartner(contactReaders(null), null));
    expect(unmanaged.map(({ member }) => member.name)).toEqual(['Olga']);
  });

  it('by e-mail are the address of the brand profile, or the owners without one; the whole team sees it', () => {
    expect(mailed([OLGA, MAX], 'leads', contactReaders('MAX@x.example'))).toEqual([MAX.email]);
    expect(mailed([OLGA, MAX], 'leads', contactReaders(null))).toEqual([OLGA.email]);
    const told = peopleTold([OLGA, MAX], 'leads', contactReaders(null));
    expect(told.map(({ inApp, why }) => [inApp, why])).toEqual([
      [true, 'owner'],
      [true, 'chosen'],
    ]);
  });

  it('by e-mail are those who chose the kind, and never those who turned it off', () => {
    const team = [
      { ...OLGA, notifications: { leads: { delivery: 'none', inApp: null } } as const },
      { ...MAX, notifications: { leads: { delivery: 'at-once', inApp: null } } as const },
    ];
    expect(mailed(team, 'leads', contactReaders(null))).toEqual([MAX.email]);
    expect(mailed(team, 'leads', contactReaders(OLGA.email))).toEqual([MAX.email]);
    expect(mailed(team, 'versions', contactReaders(null))).toEqual([OLGA.email]);
  });

  it('weekly gets no e-mail at once, and a person who turned everything off is not told', () => {
    const weekly = { ...OLGA, notifications: { leads: { delivery: 'weekly', inApp: false } } as const };
    const off = { ...MAX, notifications: { leads: { delivery: 'none', inApp: false } } as const };
    const told = peopleTold([weekly, off], 'leads', contactReaders(null));
    expect(told).toMatchObject([{ member: weekly, delivery: 'weekly', inApp: false }]);
  });

  it('of a person’s own work is this person only', () => {
    const told = peopleTold(
      [OLGA, MAX],
      'reviews',
      concernedReaders(({ id }) => id === MAX.id),
    );
    expect(told).toMatchObject([{ member: MAX, delivery: 'at-once', why: 'concerned' }]);
  });

  it('without an account is the address of the brand profile, in the language of the owner', () => {
    const { mailbox } = { mailbox: 'sales@x.example' };
    expect(mailboxTold([MAX, OLGA], contactReaders(mailbox))).toMatchObject({ email: mailbox, like: { locale: 'de' } });
    expect(mailboxTold([OLGA], contactReaders('OLGA@x.example'))).toBeNull();
  });
});
