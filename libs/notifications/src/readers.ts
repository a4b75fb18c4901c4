import { deliveriesOf, type NotificationDelivery, type NotificationKind } from '#contracts';
import type { TeamMember } from '#identity';

/** Why a reader is mailed. */
export type ReaderReason = 'owner' | 'address' | 'concerned' | 'partner' | 'chosen';

/** Who of a team a notice is for. */
export interface Audience {
  /** Who may see it at all; absent: the whole team. */
  readonly includes?: (member: TeamMember) => boolean;
  /** Who is mailed without having chosen so, and why. */
  readonly byDefault: (member: TeamMember, team: readonly TeamMember[]) => Exclude<ReaderReason, 'chosen'> | null;
  /** A mailbox that is mailed although no person of the team has this address; null: none. */
  readonly mailbox: string | null;
}

/** One person, and how they are told. */
export interface PersonTold {
  readonly member: TeamMember;
  readonly delivery: NotificationDelivery;
  readonly inApp: boolean;
  readonly why: ReaderReason;
}

/** A mailbox without an account, in the language of the first owner. */
export interface MailboxTold {
  readonly email: string;
  readonly like: Pick<TeamMember, 'locale' | 'region' | 'countryCode'>;
}

/**
 * The address of an organisation reads by default, or its owners if it has none.
 * @param address of the brand profile; null: it has none, or owners are asked.
 */
export function contactReaders(address: string | null): Audience {
  const isAddress = ({ email }: TeamMember): boolean => email.toLowerCase() === address?.toLowerCase();
  return {
    byDefault: (member) =>
      address === null ? (member.role === 'owner' ? 'owner' : null) : isAddress(member) ? 'address' : null,
    mailbox: address,
  };
}

/**
 * The audience of what happened to one partner of a vendor: channel managers
 * only see their own partners.
 * @param managerId the partner's channel manager, who is mailed by default;
 *   null: it has none.
 */
export function ofManagedPartner(audience: Audience, managerId: string | null): Audience {
  return {
    ...audience,
    includes: (member) =>
      (member.role !== 'channel-manager' || member.id === managerId) && (audience.includes?.(member) ?? true),
    byDefault: (member, team) => (member.id === managerId ? 'concerned' : audience.byDefault(member, team)),
  };
}

/** Only these people: it is about their own work. */
export const concernedReaders = (isConcerned: (member: TeamMember) => boolean): Audience => ({
  includes: isConcerned,
  byDefault: () => 'concerned',
  mailbox: null,
});

/** People of a partner to whom its vendor writes. */
export const partnerReaders = (isWrittenTo: (member: TeamMember) => boolean): Audience => ({
  includes: isWrittenTo,
  byDefault: () => 'partner',
  mailbox: null,
});

/**
 * How each person of a team is told, by the audience and their own choices.
 * @returns no person who gets neither an e-mail nor an entry in the portal.
 */
export function peopleTold(team: readonly TeamMember[], kind: NotificationKind, audience: Audience): PersonTold[] {
  return team
    .filter((member) => audience.includes?.(member) ?? true)
    .map((member) => {
      const choice = member.notifications[kind];
      const reason = audience.byDefault(member, team);
      const standard = reason === null ? 'none' : (deliveriesOf(kind)[0] ?? 'none');
      return {
        member,
        delivery: choice?.delivery ?? standard,
        inApp: choice?.inApp ?? true,
        why: choice?.delivery == null && reason !== null ? reason : 'chosen',
      } satisfies PersonTold;
    })
    .filter(({ delivery, inApp }) => inApp || delivery !== 'none');
}

/** The mailbox of an audience, unless it is the address of a person of the team. */
export function mailboxTold(team: readonly TeamMember[], { mailbox }: Audience): MailboxTold | null {
  if (mailbox === null || team.some(({ email }) => email.toLowerCase() === mailbox.toLowerCase())) return null;
  const owner = team.find(({ role }) => role === 'owner');
  const { locale = 'en', region = null, countryCode = null } = owner ?? {};
  return { email: mailbox, like: { locale, region, countryCode } };
}
