import { Injectable } from '@nestjs/common';
import { type NotificationEvent, type NotificationKind } from '#contracts';
import { Database, unnestRows } from '#database';
import {
  Accounts,
  type LimitedMail,
  type MailReader,
  type MailSubject,
  SystemMail,
  type SystemMailMessage,
  type TeamMember,
} from '#identity';
import {
  type Actor,
  Clock,
  type ContactId,
  groupBy,
  type Id,
  newId,
  type OrganisationId,
  type PartnerId,
  type UserId,
} from '#kernel';
import { ManagedPartners, Organisations } from '#organisations';
import { OptOutLinks } from './opt-out-links.service.js';
import { mailboxId } from './opt-out-token.js';
import {
  type Audience,
  ofManagedPartner,
  type MailboxTold,
  mailboxTold,
  type PersonTold,
  peopleTold,
} from './readers.js';

/** What people of an organisation are told of. */
export interface Notice {
  readonly organisationId: OrganisationId;
  readonly kind: NotificationKind;
  readonly event: NotificationEvent;
  /** Identifies the event among those of this name in the organisation. */
  readonly key: string;
  /** The person or organisation that did it; null: not known. */
  readonly by: string | null;
  /** Titles of the campaign by language; null: not about a campaign. */
  readonly titles: Readonly<Record<string, string>> | null;
  /** Of a version, or how many; null: neither. */
  readonly number?: number | null;
  /** Where it is in the portal. */
  readonly path: string;
  readonly audience: Audience;
  /** The contact that it is about: the notification is deleted with it. */
  readonly contact?: { readonly id: ContactId; readonly partnerId: PartnerId };
  /** The partner of the vendor that it is about: of channel managers, its own is told and mailed, others are not. */
  readonly aboutPartner?: PartnerId;
}

/** A reader who gets an e-mail of a notice now. */
export interface NoticeReader {
  readonly notice: Notice;
  readonly reader: MailReader;
  /** Null: a mailbox without an account. */
  readonly userId: UserId | null;
}

/** A person, or a mailbox without an account, that may get a weekly summary. */
export interface SummaryReader {
  /** Of a mailbox: the owner with whom it is told. */
  readonly member: TeamMember;
  /** Its name. */
  readonly organisation: string;
  readonly reader: MailReader;
  /** False: only what the person wanted weekly, without results. */
  readonly wantsSummary: boolean;
  readonly isMailbox: boolean;
}

/** How the e-mails of a notice are posted. */
interface Posting {
  readonly about?: MailSubject;
  /** Of e-mails that a stranger can cause. */
  readonly limit?: LimitedMail | undefined;
}

/**
 * Tells people of what happened: one row per person and event, in the portal,
 * by e-mail at once or in the weekly summary, as each person has chosen. All
 * methods join the open transaction. They are safe to repeat: a person is told
 * of an event once.
 */
@Injectable()
export class Notifier {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly organisations: Organisations,
    private readonly managed: ManagedPartners,
    private readonly mail: SystemMail,
    private readonly links: OptOutLinks,
  ) {}

  /**
   * Records a notice and posts its e-mails.
   * @param letter the e-mail for a reader.
   */
  async notify(
    actor: Actor,
    notice: Notice,
    letter: (reader: MailReader) => SystemMailMessage,
    { about, limit }: Posting = {},
  ): Promise<void> {
    const mails = (await this.readersNow(actor, [notice])).map(({ reader }) => ({ message: letter(reader), about }));
    if (limit === undefined) return this.mail.postAll(mails);
    for (const { message } of mails) await this.mail.postWithinLimit(limit, message, about);
  }

  /** Records notices for the portal and the weekly summary. E-mails follow with `readersNow`. */
  async record(actor: Actor, notices: readonly Notice[]): Promise<void> {
    await this.store(actor, notices, null);
  }

  /**
   * Records notices, if they are not recorded yet, and claims their e-mails.
   * @returns who gets one now: people who chose so and had none, and mailboxes
   *   without an account. A caller claims mailboxes by its own means.
   */
  async readersNow(actor: Actor, notices: readonly Notice[]): Promise<NoticeReader[]> {
    return this.store(actor, notices, this.clock.now());
  }

  /** Deletes what is not true any more, such as an offer that has ended, unless it was mailed. */
  async withdraw(
    organisationIds: readonly OrganisationId[],
    event: NotificationEvent,
    keys: readonly string[],
  ): Promise<void> {
    await this.database.query(
      'DELETE FROM notifications.notification WHERE organisation_id = ANY ($1) AND event_key = ANY ($2) AND mailed_at IS NULL',
      [organisationIds, keys.map((key) => `${event} ${key}`)],
    );
  }

  /**
   * Hides what people have not read and is not true any more for their
   * organisation, and shows it again when it is. Nobody is e-mailed twice.
   * @param holders by the key of the event: for which organisations it is true.
   */
  async showOnlyTo(event: NotificationEvent, holders: ReadonlyMap<string, readonly OrganisationId[]>): Promise<void> {
    const now = this.clock.now();
    for (const [key, organisationIds] of holders)
      await this.database.query(
        `UPDATE notifications.notification SET hidden_at = CASE WHEN hidden_at IS NULL THEN $4::timestamptz END
         WHERE event = $1 AND event_key = $2 AND read_at IS NULL
           AND (hidden_at IS NULL) <> (organisation_id = ANY ($3))`,
        [event, `${event} ${key}`, organisationIds, now],
      );
    await this.database.query(
      `UPDATE notifications.notification SET hidden_at = $3
       WHERE event = $1 AND event_key <> ALL ($2) AND read_at IS NULL AND hidden_at IS NULL`,
      [event, [...holders.keys()].map((key) => `${event} ${key}`), now],
    );
  }

  /**
   * Who may get a weekly summary of an organisation: its people, and a mailbox
   * without an account, which gets it with the first owner.
   */
  async summaryReaders(
    actor: Actor,
    organisationId: OrganisationId,
    audience: Audience,
  ): Promise<readonly SummaryReader[]> {
    const team = await this.accounts.team(actor, organisationId);
    const organisation = (await this.organisations.get(actor, organisationId)).name;
    const about = { organisationId, organisation, kind: 'weekly' } as const;
    const people = team.map((member): SummaryReader => {
      const [told] = peopleTold([member], 'weekly', audience);
      return {
        member,
        organisation,
        reader: {
          ...member,
          teamOf: organisationId,
          settings: this.links.settings(member, about, told?.why ?? 'chosen'),
        },
        wantsSummary: told?.delivery === 'weekly',
        isMailbox: false,
      };
    });
    const [owner] = team.filter(({ role }) => role === 'owner');
    const mailbox = mailboxTold(team, audience);
    if (owner === undefined || mailbox === null) return people;
    const id = mailboxId(organisationId, mailbox.email);
    if ((await this.refused([id])).has(`${id} weekly`)) return people;
    const { email, like } = mailbox;
    const settings = this.links.settings({ id, locale: like.locale }, about, 'address');
    const reader = { email, name: null, ...like, settings };
    return [...people, { member: owner, organisation, reader, wantsSummary: true, isMailbox: true }];
  }

  private async store(actor: Actor, notices: readonly Notice[], mailedAt: Date | null): Promise<NoticeReader[]> {
    if (notices.length === 0) return [];
    const organisationIds = [...new Set(notices.map(({ organisationId }) => organisationId))];
    const teams = groupBy(await this.accounts.teams(actor, organisationIds), ({ organisationId }) => organisationId);
    const audiences = await this.audiences(notices);
    const told = notices.flatMap((notice) =>
      peopleTold(teams.get(notice.organisationId) ?? [], notice.kind, audiences.get(notice) ?? notice.audience).map(
        (person) => ({
          notice,
          ...person,
        }),
      ),
    );
    const mailed = await this.insert(told, mailedAt);
    if (mailedAt === null) return [];
    const organisations = await this.organisations.byIds(actor, organisationIds);
    const nameOf = ({ organisationId }: Notice): string => organisations.get(organisationId)?.name ?? '';
    const people = told
      .filter(({ notice, member }) => mailed.has(rowKey(member.id, notice)))
      .map(({ notice, member, why }) => ({
        notice,
        userId: member.id,
        reader: {
          ...member,
          teamOf: notice.organisationId,
          settings: this.links.settings(member, { ...notice, organisation: nameOf(notice) }, why),
        },
      }));
    const mailboxes = (await this.mailboxes(notices, teams)).map(({ notice, id, mailbox: { email, like } }) => ({
      notice,
      userId: null,
      reader: {
        email,
        name: null,
        ...like,
        settings: this.links.settings(
          { id, locale: like.locale },
          { ...notice, organisation: nameOf(notice) },
          'address',
        ),
      },
    }));
    return [...people, ...mailboxes];
  }

  /** The audiences of notices about partners, narrowed to the partners' own channel managers. */
  private async audiences(notices: readonly Notice[]): Promise<ReadonlyMap<Notice, Audience>> {
    const found = new Map<Notice, Audience>();
    for (const notice of notices) {
      const { aboutPartner, organisationId, audience } = notice;
      if (aboutPartner === undefined) continue;
      const managers = await this.managed.managersOf(organisationId, [aboutPartner]);
      found.set(notice, ofManagedPartner(audience, managers.get(aboutPartner) ?? null));
    }
    return found;
  }

  /** @returns whose e-mail is due now, as `rowKey`. */
  private async insert(
    told: readonly (PersonTold & { readonly notice: Notice })[],
    mailedAt: Date | null,
  ): Promise<ReadonlySet<string>> {
    if (told.length === 0) return new Set();
    const rows = unnestRows(
      told.map(({ notice, member, delivery, inApp }) => ({
        id: newId<Id<'notification'>>(),
        userId: member.id,
        organisationId: notice.organisationId,
        kind: notice.kind,
        event: notice.event,
        eventKey: eventKey(notice),
        byName: notice.by,
        titles: notice.titles,
        number: notice.number ?? null,
        path: notice.path,
        inApp,
        delivery,
        contactId: notice.contact?.id ?? null,
        partnerId: notice.contact?.partnerId ?? null,
      })),
      {
        id: 'uuid',
        userId: 'uuid',
        organisationId: 'uuid',
        kind: 'text',
        event: 'text',
        eventKey: 'text',
        byName: 'text',
        titles: 'jsonb',
        number: 'int',
        path: 'text',
        inApp: 'boolean',
        delivery: 'text',
        contactId: 'uuid',
        partnerId: 'uuid',
      },
      [this.clock.now(), mailedAt],
    );
    const mailed = await this.database.query<{ userId: UserId; organisationId: OrganisationId; eventKey: string }>(
      `WITH stored AS (
         INSERT INTO notifications.notification AS n (at, mailed_at, id, user_id, organisation_id, kind, event,
           event_key, by_name, titles, number, path, in_app, delivery, contact_id, partner_id)
         SELECT $1::timestamptz, CASE given.delivery WHEN 'at-once' THEN $2::timestamptz END, given.* FROM ${rows.from}
         ON CONFLICT (user_id, organisation_id, event_key) DO UPDATE
           SET delivery = excluded.delivery, mailed_at = excluded.mailed_at
           WHERE n.mailed_at IS NULL AND n.digested_at IS NULL AND $2::timestamptz IS NOT NULL
             AND (n.delivery <> excluded.delivery OR excluded.mailed_at IS NOT NULL)
         RETURNING n.user_id, n.organisation_id, n.event_key, n.mailed_at)
       SELECT user_id, organisation_id, event_key FROM stored WHERE mailed_at IS NOT NULL`,
      rows.parameters,
    );
    return new Set(mailed.map((row) => `${row.userId} ${row.organisationId} ${row.eventKey}`));
  }

  /** Mailboxes without an account that have not refused the kind. */
  private async mailboxes(
    notices: readonly Notice[],
    teams: ReadonlyMap<OrganisationId, readonly TeamMember[]>,
  ): Promise<{ readonly notice: Notice; readonly mailbox: MailboxTold; readonly id: Id<'mailbox'> }[]> {
    const found = notices.flatMap((notice) => {
      const mailbox = mailboxTold(teams.get(notice.organisationId) ?? [], notice.audience);
      if (mailbox === null) return [];
      return [{ notice, mailbox, id: mailboxId(notice.organisationId, mailbox.email) }];
    });
    if (found.length === 0) return [];
    const refused = await this.refused(found.map(({ id }) => id));
    return found.filter(({ notice, id }) => !refused.has(`${id} ${notice.kind}`));
  }

  /** @returns `<mailbox> <kind>` of each refusal. */
  private async refused(ids: readonly Id<'mailbox'>[]): Promise<ReadonlySet<string>> {
    const refusals = await this.database.query<{ mailboxId: string; kind: NotificationKind }>(
      'SELECT mailbox_id, kind FROM notifications.mailbox_refusal WHERE mailbox_id = ANY ($1)',
      [ids],
    );
    return new Set(refusals.map((row) => `${row.mailboxId} ${row.kind}`));
  }
}

const eventKey = ({ event, key }: Notice): string => `${event} ${key}`;

const rowKey = (userId: UserId, notice: Notice): string => `${userId} ${notice.organisationId} ${eventKey(notice)}`;
