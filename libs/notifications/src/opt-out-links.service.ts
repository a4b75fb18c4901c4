import { hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { deliveriesOf, type NotificationDelivery, type NotificationKind } from '#contracts';
import { Database } from '#database';
import { Accounts, NotificationSettings, type TeamMember } from '#identity';
import {
  Clock,
  notFound,
  type OrganisationId,
  type PartnerId,
  type SystemActor,
  systemActor,
  type VendorId,
} from '#kernel';
import type { MailSettings } from '#rendering';
import { Organisations } from '#organisations';
import { NOTIFICATION_TEXTS } from './notification-texts.js';
import { type OptOut, openOptOut, type ReaderId, sealOptOut } from './opt-out-token.js';
import type { ReaderReason } from './readers.js';

/** What the page behind a link shows. */
export interface OptOutFacts {
  readonly kind: NotificationKind;
  readonly organisation: string;
  /** Of the reader, BCP 47; null: a mailbox without an account. */
  readonly locale: string | null;
  readonly delivery: NotificationDelivery;
  readonly deliveries: readonly NotificationDelivery[];
}

/** Who has a link, proved by its token. */
export interface LinkReader extends OptOut {
  /** In the scope of the organisation, so that its audit log has changes. */
  readonly actor: SystemActor;
  readonly organisation: string;
  /** BCP 47; null: a mailbox without an account. */
  readonly locale: string | null;
}

/** Links that change one kind of e-mail of one reader, without a sign-in. */
@Injectable()
export class OptOutLinks {
  private readonly key: Buffer;
  private readonly publicUrl: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly organisations: Organisations,
    private readonly choices: NotificationSettings,
    @Inject(CONFIG) { SECRET_KEY, PUBLIC_URL }: Pick<Config, 'SECRET_KEY' | 'PUBLIC_URL'>,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', SECRET_KEY, '', 'throughline/notifications/opt-out', 32));
    this.publicUrl = PUBLIC_URL;
  }

  /** What an e-mail of a kind says at its end. */
  settings(
    reader: { readonly id: ReaderId; readonly locale: string },
    about: { readonly organisationId: OrganisationId; readonly organisation: string; readonly kind: NotificationKind },
    why: ReaderReason,
  ): MailSettings {
    const { t } = NOTIFICATION_TEXTS.in(reader.locale);
    const { organisationId, organisation, kind } = about;
    const token = sealOptOut(this.key, { readerId: reader.id, organisationId, kind });
    return {
      why: t(`why.${why}`, { organisation }),
      label: t('settings', { kind: t(`kinds.${kind}`) }),
      url: `${this.publicUrl}/n/${token}`,
    };
  }

  /** @throws DomainError `link.not-found`. */
  async reader(token: string): Promise<LinkReader> {
    return this.readerAndMember(token);
  }

  /** @throws DomainError `link.not-found`. */
  async facts(token: string): Promise<OptOutFacts> {
    const { member, actor, organisation, ...optOut } = await this.readerAndMember(token);
    const { kind } = optOut;
    const deliveries = deliveriesOf(kind);
    const [first = 'none'] = deliveries;
    if (member !== undefined) {
      const delivery = member.notifications[kind]?.delivery ?? first;
      return { kind, organisation, locale: member.locale, delivery, deliveries };
    }
    const isRefused = await this.isRefused(actor, optOut);
    return {
      kind,
      organisation,
      locale: null,
      delivery: isRefused ? 'none' : 'at-once',
      deliveries: deliveries.filter((one) => one !== 'weekly'),
    };
  }

  /**
   * Saves the choice of a reader for the kind of the link. Idempotent.
   * @throws DomainError `link.not-found`, `notification.delivery-unknown`.
   */
  async choose(token: string, delivery: NotificationDelivery): Promise<void> {
    const optOut = this.open(token);
    const { kind, organisationId, readerId } = optOut;
    const actor = await this.actorOf(organisationId);
    await this.database.inTransaction(actor, async () => {
      const member = (await this.accounts.team(actor, organisationId)).find(({ id }) => id === readerId);
      if (member === undefined) return this.refuse(optOut, delivery === 'none');
      await this.choices.save(actor, { userId: member.id, organisationId }, [{ kind, delivery }]);
    });
  }

  private async isRefused(actor: SystemActor, { organisationId, readerId, kind }: OptOut): Promise<boolean> {
    const found = await this.database.inTransaction(actor, () =>
      this.database.query(
        'SELECT FROM notifications.mailbox_refusal WHERE organisation_id = $1 AND mailbox_id = $2 AND kind = $3',
        [organisationId, readerId, kind],
      ),
    );
    return found.length > 0;
  }

  private async refuse({ organisationId, readerId, kind }: OptOut, isRefused: boolean): Promise<void> {
    if (isRefused)
      await this.database.query(
        `INSERT INTO notifications.mailbox_refusal (organisation_id, mailbox_id, kind, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING`,
        [organisationId, readerId, kind, this.clock.now()],
      );
    else
      await this.database.query(
        'DELETE FROM notifications.mailbox_refusal WHERE organisation_id = $1 AND mailbox_id = $2 AND kind = $3',
        [organisationId, readerId, kind],
      );
  }

  private async readerAndMember(token: string): Promise<LinkReader & { readonly member: TeamMember | undefined }> {
    const optOut = this.open(token);
    const { organisationId, readerId } = optOut;
    const actor = await this.actorOf(organisationId);
    const { name: organisation } = await this.organisations.get(actor, organisationId);
    const member = (await this.accounts.team(actor, organisationId)).find(({ id }) => id === readerId);
    return { ...optOut, actor, organisation, locale: member?.locale ?? null, member };
  }

  private open(token: string): OptOut {
    const opened = openOptOut(this.key, token);
    if (opened === null) throw notFound('link', 'token');
    return opened;
  }

  /** In the scope of the organisation, so that its audit log has the change. */
  private async actorOf(id: OrganisationId): Promise<SystemActor> {
    const { kind } = await this.organisations.get(systemActor('notification-link'), id);
    return systemActor(
      'notification-link',
      kind === 'vendor' ? { vendorId: id as VendorId } : { partnerId: id as PartnerId },
    );
  }
}
