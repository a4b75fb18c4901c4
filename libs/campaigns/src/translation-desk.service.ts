import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, DomainError, notFound, type VendorActor } from '#kernel';
import { countByState, isOpen, type Translation, type TranslationState } from '#translation';
import { checkXliff, exportXliff, type ImportedText, translationsOf } from '#xliff';
import { actionBy } from './action.js';
import { CampaignTexts } from './campaign-texts.service.js';
import { CampaignsRepository } from './campaigns.repository.js';
import {
  answeredWarnings,
  requireReviewer,
  type SaidTranslation,
  type StoredTranslation,
  type TranslationRequest,
  type TranslationReviewer,
  type TranslationRule,
} from './translation.js';
import { TranslationReviewers } from './translation-reviewers.service.js';
import { TranslationsRepository } from './translations.repository.js';

/** How far a language of a campaign is. */
export interface LanguageProgress {
  readonly locale: string;
  readonly counts: Readonly<Record<TranslationState, number>>;
  readonly reviewer: TranslationReviewer | null;
  /** The campaign cannot be submitted with the texts that are open. */
  readonly isHeldBack: boolean;
  readonly request: TranslationRequest | null;
}

export interface Desk {
  readonly rule: TranslationRule;
  readonly languages: readonly LanguageProgress[];
  readonly records: readonly StoredTranslation[];
}

/** Translations of a campaign: what was said of them, and files for translators. */
@Injectable()
export class TranslationDesk {
  constructor(
    private readonly database: Database,
    private readonly campaigns: CampaignsRepository,
    private readonly texts: CampaignTexts,
    private readonly rows: TranslationsRepository,
    private readonly reviewers: TranslationReviewers,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Languages with their progress, and what was said of each text.
   * @throws DomainError `campaign.not-found`.
   */
  async show(actor: VendorActor, campaignId: CampaignId): Promise<Desk> {
    const { files } = await this.texts.current(actor, campaignId);
    const { records, rule, requests } = await this.database.inTransaction(actor, async () => ({
      records: await this.rows.byCampaign(campaignId),
      rule: await this.rows.rule(actor),
      requests: await this.rows.requests(campaignId),
    }));
    const reviewers = await this.reviewers.list(actor);
    const translations = await translationsOf({ files, records });
    const languages = Object.entries(translations).map(([locale, all]): LanguageProgress => {
      const reviewer = reviewers.find((one) => one.locale === locale) ?? null;
      const isHeldBack = rule.unreviewed === 'hold' && reviewer !== null && all.some(({ state }) => isOpen(state));
      const request = requests.find((one) => one.locale === locale) ?? null;
      return { locale, counts: countByState(all), reviewer, isHeldBack, request };
    });
    return { rule, languages, records };
  }

  /**
   * Stores what a person says of texts: each translates this source, or is
   * reviewed. Whether that is still so follows from the texts of the draft.
   * @throws DomainError `campaign.not-found`, `language.not-found`,
   *   `translation.text-unknown`, `translation.person-only`,
   *   `translation.not-reviewer`, `translation.own-translation`,
   *   `translation.translator-unknown`.
   */
  async record(
    actor: VendorActor,
    campaignId: CampaignId,
    locale: string,
    said: readonly SaidTranslation[],
  ): Promise<StoredTranslation[]> {
    const reviewed = said.filter(({ state }) => state === 'reviewed');
    requirePermission(actor, reviewed.length === said.length ? 'campaigns.comment' : 'campaigns.edit');
    await this.requireTexts(actor, campaignId, locale, said);
    const reviewer = await this.reviewers.of(actor, locale);
    return this.database.inTransaction(actor, async () => {
      await this.campaigns.campaign(campaignId);
      const before = await this.rows.byCampaign(campaignId, locale);
      const { userId, apiKeyId } = actor;
      const rule = await this.rows.rule(actor);
      if (reviewed.length > 0)
        requireReviewer(reviewed, { userId, byKey: apiKeyId !== null, locale, reviewer, rule, before });
      await this.rows.save(actor, campaignId, locale, said, this.clock.now());
      await this.confirm(actor, campaignId, locale, said);
      if (reviewed.length > 0) await this.auditReview(actor, campaignId, locale, reviewed, 'translation.reviewed');
      return this.rows.byCampaign(campaignId, locale);
    });
  }

  /**
   * Takes reviews of texts back.
   * @throws DomainError `campaign.not-found`.
   */
  async reopen(
    actor: VendorActor,
    campaignId: CampaignId,
    locale: string,
    keys: readonly string[],
  ): Promise<StoredTranslation[]> {
    requirePermission(actor, 'campaigns.comment');
    return this.database.inTransaction(actor, async () => {
      await this.campaigns.campaign(campaignId);
      await this.rows.reopen(campaignId, locale, keys);
      await this.auditReview(
        actor,
        campaignId,
        locale,
        keys.map((key) => ({ key })),
        'translation.reopened',
      );
      return this.rows.byCampaign(campaignId, locale);
    });
  }

  /**
   * The texts of a language as XLIFF 2.1.
   * @throws DomainError `campaign.not-found`, `language.not-found`.
   */
  async export(actor: VendorActor, campaignId: CampaignId, locale: string) {
    const { campaign, files, records } = await this.translated(actor, campaignId, locale);
    return { name: campaign.name, xliff: await exportXliff({ files, records }, campaign.name, locale) };
  }

  /** The same of each language but the first, by language. */
  async exportAll(actor: VendorActor, campaignId: CampaignId) {
    const { campaign, files, records } = await this.translated(actor, campaignId, null);
    const texts = { files, records };
    const all: (readonly [locale: string, xliff: string])[] = [];
    for (const locale of Object.keys(await translationsOf(texts)))
      all.push([locale, await exportXliff(texts, campaign.name, locale)]);
    return { name: campaign.name, files: all };
  }

  /**
   * What an import of a file would do with each text. Changes nothing.
   * @throws DomainError `xliff.…`, `campaign.not-found`, `language.not-found`.
   */
  async check(
    actor: VendorActor,
    campaignId: CampaignId,
    locale: string,
    file: Uint8Array,
  ): Promise<readonly ImportedText[]> {
    requirePermission(actor, 'campaigns.edit');
    const { campaign, files, records } = await this.translated(actor, campaignId, locale);
    return checkXliff({ files, records }, campaign.name, locale, file);
  }

  /**
   * Translations of the newest version with the changes to it, by language.
   * @throws DomainError `campaign.not-found`.
   */
  async current(actor: VendorActor, campaignId: CampaignId): Promise<Readonly<Record<string, readonly Translation[]>>> {
    const { files, records } = await this.translated(actor, campaignId, null);
    return translationsOf({ files, records });
  }

  /** Checks that the campaign has the language and the texts. */
  private async requireTexts(
    actor: VendorActor,
    campaignId: CampaignId,
    locale: string,
    said: readonly SaidTranslation[],
  ): Promise<void> {
    const translations = (await this.current(actor, campaignId))[locale];
    if (translations === undefined) throw notFound('language', locale);
    const known = new Set(translations.map(({ key }) => key));
    const at = said.findIndex(({ key }) => !known.has(key));
    const unknown = said[at]?.key;
    if (unknown === undefined) return;
    throw new DomainError(
      'translation.text-unknown',
      `The campaign has no text "${unknown}" to translate. Save the draft with this text first, or leave it out.`,
      { field: `texts[${at}].key`, key: unknown },
    );
  }

  /** Confirms the warnings of the draft about texts that are the same in two languages. */
  private async confirm(
    actor: VendorActor,
    campaignId: CampaignId,
    locale: string,
    said: readonly SaidTranslation[],
  ): Promise<void> {
    const answered = answeredWarnings(said.map((text) => ({ ...text, locale })));
    const [newest] = answered.length === 0 ? [] : await this.campaigns.versions(campaignId);
    if (newest?.status !== 'draft') return;
    const draft = await this.campaigns.version(campaignId, newest.number, 'to-change');
    if (draft.status === 'draft' && draft.confirm(answered, actionBy(actor, this.clock.now())) > 0)
      await this.campaigns.save(draft);
  }

  private async translated(actor: VendorActor, campaignId: CampaignId, locale: string | null) {
    const { campaign, files } = await this.texts.current(actor, campaignId);
    if (locale !== null && files[`locales/${locale}.yaml`] === undefined) throw notFound('language', locale);
    const records = await this.database.inTransaction(actor, () => this.rows.byCampaign(campaignId));
    return { campaign, files, records };
  }

  private async auditReview(
    actor: VendorActor,
    campaignId: CampaignId,
    locale: string,
    texts: readonly { readonly key: string }[],
    action: 'translation.reviewed' | 'translation.reopened',
  ): Promise<void> {
    await this.audit.record(actor, {
      action,
      subject: { kind: 'campaign', id: campaignId },
      details: { locale, count: texts.length, keys: texts.slice(0, MOST_LISTED).map(({ key }) => key) },
    });
  }
}

const MOST_LISTED = 50;

/** A refusal to submit a version whose texts are not reviewed. */
export function unreviewedTexts(languages: readonly LanguageProgress[]): DomainError {
  const named = languages.map(({ locale, counts, reviewer }) => {
    const open = Object.entries(counts).reduce(
      (sum, [state, count]) => (isOpen(state as TranslationState) ? sum + count : sum),
      0,
    );
    return { locale, open, reviewer: reviewer?.name ?? null, ...counts };
  });
  const list = named.map(({ locale, open }) => `${locale}: ${open}`).join(', ');
  return new DomainError(
    'campaign-version.texts-unreviewed',
    `The version was not submitted: texts are not reviewed (${list}). Ask their reviewers, or have an approver let unreviewed texts pass with a warning.`,
    { languages: named },
    { kind: 'conflict' },
  );
}
