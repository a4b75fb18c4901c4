import type { ProfileView } from '#contracts';
import type { Actor, Id, OrganisationId, UserId } from '#kernel';
import { actorOf, type OrganisationRef, type User } from './principal.js';

export type SessionId = Id<'session'>;

/** How long a confirmation holds, in milliseconds. */
const CONFIRMATION_MS = 10 * 60_000;

/** How the portal writes dates for a person. */
type DateFormat = Pick<ProfileView, 'region' | 'weekStartsOn'>;

/**
 * A signed-in user, the organisation, and everything that the browser needs.
 */
export interface Session {
  readonly id: SessionId;
  readonly user: User;
  readonly dateFormat: DateFormat;
  readonly organisations: readonly OrganisationRef[];
  readonly organisation: OrganisationRef | null;
  /** Of the organisation. */
  readonly countryCode: string | null;
  /** Of the organisation's new campaigns. */
  readonly languages: readonly string[];
  /** The data of the organisation are invented. */
  readonly isSample: boolean;
  readonly actor: Actor | null;
  readonly csrfToken: string;
  /** The person proved a code or a passkey. */
  readonly hasSecondFactor: boolean;
  /** The organisation asks for a second factor, and this session has none. */
  readonly lacksSecondFactor: boolean;
  /** Proved within ten minutes that the person is there. */
  readonly isConfirmed: boolean;
}

/** How a person proved to be themselves, and with which browser. */
export interface SignInProof {
  readonly hasSecondFactor: boolean;
  readonly userAgent: string;
}

/** A session in the list of its person. */
export interface ListedSession {
  readonly id: SessionId;
  readonly userAgent: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
}

/** An organisation of the person, and what it asks of their sign-in. */
export interface JoinedOrganisation extends OrganisationRef {
  readonly isSecondFactorRequired: boolean;
  /** ISO 3166. */
  readonly countryCode: string;
  readonly languages: readonly string[];
  readonly isSample: boolean;
}

export interface OpenedSession {
  /** For the cookie; never stored. */
  readonly token: string;
  readonly session: Session;
}

/** A session as it is stored, with its person. */
export interface SessionRow {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly organisationId: OrganisationId | null;
  readonly csrfToken: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly userAgent: string;
  readonly hasSecondFactor: boolean;
  readonly confirmedAt: Date;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  readonly region: string | null;
  readonly weekStartsOn: DateFormat['weekStartsOn'];
}

/** @param organisation the one whose rights and rules apply. */
export function sessionOf(
  row: SessionRow,
  organisation: JoinedOrganisation | null,
  organisations: readonly JoinedOrganisation[],
  now: Date,
): Session {
  return {
    id: row.id,
    user: { id: row.userId, email: row.email, name: row.name, locale: row.locale },
    dateFormat: { region: row.region, weekStartsOn: row.weekStartsOn },
    organisations,
    organisation,
    countryCode: organisation?.countryCode ?? null,
    languages: organisation?.languages ?? [],
    isSample: organisation?.isSample ?? false,
    actor: organisation === null ? null : actorOf(organisation, { userId: row.userId, apiKeyId: null, name: row.name }),
    csrfToken: row.csrfToken,
    hasSecondFactor: row.hasSecondFactor,
    lacksSecondFactor: organisation?.isSecondFactorRequired === true && !row.hasSecondFactor,
    isConfirmed: now.getTime() - row.confirmedAt.getTime() < CONFIRMATION_MS,
  };
}
