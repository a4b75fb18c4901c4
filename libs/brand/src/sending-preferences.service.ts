import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { type Config, CONFIG, receivesMail } from '#config';
import { Database } from '#database';
import { Clock, DomainError, type PartnerActor, type PartnerId, type SystemActor } from '#kernel';
import { editorOf, partnerOf } from './authority.js';

/** How a partner's campaign e-mails are sent. */
export interface SendingPreference {
  /**
   * Where replies go. `here`: to an address of ours per message; a reply ends
   * the campaigns and is forwarded. `mailbox`: to the partner's own mailbox, so
   * users mark replies by hand.
   */
  readonly repliesTo: 'here' | 'mailbox';
  /**
   * Campaign e-mails of different activations that a person gets in a day of its
   * time zone; later ones wait. Null: any number.
   */
  readonly emailsPerDay: number | null;
}

/** The preference in force, and what the installation can do. */
export interface SendingPreferenceState extends SendingPreference {
  /** False: the installation receives no mail, so `repliesTo` is `mailbox`. */
  readonly canReceive: boolean;
}

type Change = { readonly [Field in keyof SendingPreference]?: SendingPreference[Field] | undefined };

/** A partner's choices about replies and daily e-mails. */
@Injectable()
export class SendingPreferences {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'INBOUND_SMTP_PORT' | 'IMAP_URL' | 'EMAILS_PER_DAY'>,
  ) {}

  async get(actor: PartnerActor | SystemActor): Promise<SendingPreferenceState> {
    const chosen = await this.database.inTransaction(actor, () => this.chosen(partnerOf(actor), ''));
    const canReceive = receivesMail(this.config);
    const { repliesTo, emailsPerDay } = chosen ?? this.defaults;
    return { canReceive, repliesTo: canReceive ? repliesTo : 'mailbox', emailsPerDay };
  }

  /**
   * Holds for every e-mail that is sent from now on. A field that is left out
   * stays.
   * @throws DomainError `sending.replies-not-received` if the installation
   *   receives no mail.
   */
  async change(actor: PartnerActor, change: Change): Promise<SendingPreferenceState> {
    const partnerId = editorOf(actor);
    if (change.repliesTo === 'here' && !receivesMail(this.config))
      throw new DomainError(
        'sending.replies-not-received',
        'This installation receives no e-mail, so replies must go to your own mailbox. Choose your mailbox, or ask the operator of this installation to set up incoming e-mail.',
        { field: 'repliesTo' },
      );
    await this.database.inTransaction(actor, async () => {
      const now = this.clock.now();
      const { defaults } = this;
      // A row to lock: of two first changes, none overwrites the other.
      await this.database.query(
        `INSERT INTO brand.sending_preference (partner_id, replies_to, emails_per_day, set_by, set_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING`,
        [partnerId, defaults.repliesTo, defaults.emailsPerDay, actor.name, now],
      );
      const before = (await this.chosen(partnerId, 'FOR UPDATE')) ?? defaults;
      const repliesTo = change.repliesTo ?? before.repliesTo;
      const emailsPerDay = change.emailsPerDay === undefined ? before.emailsPerDay : change.emailsPerDay;
      await this.database.query(
        'UPDATE brand.sending_preference SET replies_to = $2, emails_per_day = $3, set_by = $4, set_at = $5 WHERE partner_id = $1',
        [partnerId, repliesTo, emailsPerDay, actor.name, now],
      );
      await this.audit.record(actor, {
        action: 'sending.preferences-set',
        subject: { kind: 'partner', id: partnerId },
        details: { repliesTo, emailsPerDay },
      });
    });
    return this.get(actor);
  }

  private get defaults(): SendingPreference {
    const { EMAILS_PER_DAY } = this.config;
    return { repliesTo: 'here', emailsPerDay: EMAILS_PER_DAY === 0 ? null : EMAILS_PER_DAY };
  }

  private async chosen(partnerId: PartnerId, lock: '' | 'FOR UPDATE'): Promise<SendingPreference | undefined> {
    const [chosen] = await this.database.query<SendingPreference>(
      `SELECT replies_to, emails_per_day FROM brand.sending_preference WHERE partner_id = $1 ${lock}`,
      [partnerId],
    );
    return chosen;
  }
}
