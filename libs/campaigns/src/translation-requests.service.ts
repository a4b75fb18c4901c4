import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, DomainError, notFound, type UserId, type VendorActor } from '#kernel';
import { countByState } from '#translation';
import { CampaignTexts } from './campaign-texts.service.js';
import { type RequestKind, requireReviewerOf } from './translation.js';
import { TranslationDesk } from './translation-desk.service.js';
import { TranslationPost } from './translation-post.service.js';
import { TranslationReviewers } from './translation-reviewers.service.js';
import { TranslationsRepository } from './translations.repository.js';

interface Asked {
  readonly kind: RequestKind;
  readonly comment: string | null;
}

/** Asks the reviewer of a language for a review, and answers the translators. */
@Injectable()
export class TranslationRequests {
  constructor(
    private readonly database: Database,
    private readonly rows: TranslationsRepository,
    private readonly texts: CampaignTexts,
    private readonly people: TranslationReviewers,
    private readonly desk: TranslationDesk,
    private readonly post: TranslationPost,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends a request or an answer. The reader sees it on the home page, too.
   * Only who reviews the language answers.
   * @throws DomainError `translation.no-reviewer`, `translation.nothing-open`,
   *   `translation.still-open`, `translation.not-reviewer`,
   *   `translation.person-only`, `campaign.not-found`, `language.not-found`.
   */
  async send(actor: VendorActor, campaignId: CampaignId, locale: string, { kind, comment }: Asked): Promise<void> {
    requirePermission(actor, kind === 'review' ? 'campaigns.edit' : 'campaigns.comment');
    const { newest } = await this.texts.current(actor, campaignId);
    const translations = (await this.desk.current(actor, campaignId))[locale];
    if (translations === undefined) throw notFound('language', locale);
    const { missing, reviewed } = countByState(translations);
    const count = kind === 'review' ? translations.length - missing - reviewed : translations.length - reviewed;
    const reviewer = await this.people.of(actor, locale);
    if (kind === 'review' && reviewer === undefined) throw noReviewer(locale);
    if (kind === 'review' && count === 0) throw nothingOpen(locale);
    if (kind !== 'review')
      requireReviewerOf({ userId: actor.userId, byKey: actor.apiKeyId !== null, locale, reviewer });
    if (kind === 'done' && count > 0) throw stillOpen(locale, count);
    await this.database.inTransaction(actor, async () => {
      const readers =
        kind === 'review' && reviewer !== undefined
          ? [reviewer.userId]
          : await this.translatorsOf(campaignId, locale, actor.userId);
      await this.rows.saveRequest(actor, { campaignId, locale, kind, count, comment }, readers, this.clock.now());
      const url = `/campaigns/${campaignId}/versions/${newest.number}/edit?tab=translation&language=${locale}`;
      await this.post.send(actor, readers, url, { kind, title: newest.title, locale, count, comment });
      await this.audit.record(actor, {
        action: `translation.${kind === 'review' ? 'review-requested' : kind === 'rework' ? 'returned' : 'released'}`,
        subject: { kind: 'campaign', id: campaignId },
        details: { locale, count },
      });
    });
  }

  /** People who translated texts of a language or asked for its review, but not this one. */
  private async translatorsOf(campaignId: CampaignId, locale: string, but: UserId | null): Promise<UserId[]> {
    const records = await this.rows.byCampaign(campaignId, locale);
    const asked = (await this.rows.requests(campaignId)).filter((request) => request.locale === locale);
    const ids = [...records.map((record) => record.translatedByUserId), ...asked.map(({ byUserId }) => byUserId)];
    return [...new Set(ids)].filter((id): id is UserId => id !== null && id !== but);
  }
}

const noReviewer = (locale: string): DomainError =>
  new DomainError(
    'translation.no-reviewer',
    'This language has no reviewer. Ask an approver or owner to choose one, or mark the texts as reviewed yourself.',
    { locale },
    { kind: 'conflict' },
  );

const nothingOpen = (locale: string): DomainError =>
  new DomainError(
    'translation.nothing-open',
    'No text waits for a review. Translate texts first.',
    { locale },
    { kind: 'conflict' },
  );

const stillOpen = (locale: string, count: number): DomainError =>
  new DomainError(
    'translation.still-open',
    `${count === 1 ? 'A text is' : `${count} texts are`} not reviewed. Review ${count === 1 ? 'it' : 'them'}, or ask for corrections.`,
    { locale, count },
    { kind: 'conflict' },
  );
