import { Injectable, Logger } from '@nestjs/common';
import { ActivationOutputs, Activations } from '#activations';
import { Database } from '#database';
import { LinkTargets, type MessageLinks } from '#engagement';
import {
  type ActivationId,
  type CampaignVersionId,
  DomainError,
  type Locale,
  type MessageId,
  messageOf,
  type PartnerId,
  systemActor,
} from '#kernel';
import { SealRecords } from '#seal';

const LINKS = systemActor('recalled-links');

interface SentOfRecalled {
  readonly activationId: ActivationId;
  readonly partnerId: PartnerId;
  /** That it was sent from. */
  readonly versionId: CampaignVersionId;
  readonly emailKey: string;
  readonly locale: Locale;
}

/** Whether links of sent e-mails still lead to their targets. */
@Injectable()
export class RecalledEmails {
  private readonly logger = new Logger(RecalledEmails.name);

  constructor(
    private readonly database: Database,
    private readonly activations: Activations,
    private readonly outputs: ActivationOutputs,
    private readonly linkTargets: LinkTargets,
    private readonly records: SealRecords,
  ) {}

  /**
   * Decided by the version that the e-mail was sent from, not by the present one
   * of its activation. Two statements, which find no row unless something of that
   * version was recalled. Links to the partner's website and legal pages lead on:
   * nothing behind them is the vendor's. While PostgreSQL is down, links lead where
   * they led: docs/decisions/0503-links-while-recalls-cannot-be-read.md.
   * @param purpose of the link's token: the number of the link.
   * @throws ContentRecalled
   */
  async requireFollowable({ messageId, purpose }: ReturnType<MessageLinks['openLink']>): Promise<void> {
    try {
      const sent = await this.ofRecalledVersion(messageId);
      if (sent === null) return;
      const actor = systemActor('recalled-links', { partnerId: sent.partnerId });
      const present = await this.activations.get(actor, sent.activationId);
      const activation = await this.activations.atVersion(actor, present, sent.versionId);
      const name = (await this.linkTargets.names(actor, activation.id))[purpose];
      if (name !== undefined && (await this.outputs.isPartnersOwnLink(actor, activation, name))) return;
      const { emailKey: key, locale } = sent;
      await this.outputs.requireOutput(actor, activation, { kind: 'email', key, locale, hasBegun: true });
    } catch (error) {
      if (error instanceof DomainError) throw error;
      this.logger.warn(`Recalls cannot be read now: ${messageOf(error)}`);
    }
  }

  private async ofRecalledVersion(messageId: MessageId): Promise<SentOfRecalled | null> {
    const sealed = await this.records.sealedCopyOf(LINKS, messageId);
    const [found] = await this.database.inTransaction(LINKS, () =>
      this.database.query<SentOfRecalled>(
        `SELECT m.activation_id, m.partner_id, e.locale, coalesce($2::uuid, a.version_id) AS version_id,
           coalesce($3::text, m.email_key) AS email_key
         FROM delivery.message_view m JOIN activations.activation_view a ON a.id = m.activation_id
         JOIN sequences.enrolment e ON e.id = m.enrolment_id
         WHERE m.id = $1 AND EXISTS (
           SELECT FROM campaigns.recalled_version_view v
           WHERE v.version_id = coalesce($2::uuid, a.version_id) AND v.in_force)`,
        [messageId, sealed?.versionId ?? null, sealed?.key ?? null],
      ),
    );
    return found ?? null;
  }
}
