import { untranslatedWarning } from '#content';
import { type CampaignId, DomainError, type UserId } from '#kernel';
import { CAMPAIGN_FILE, isInCampaignFile, type TranslationRecord } from '#translation';
import type { WarningName } from './version-content.js';

/** What was said of a text, and by whom. */
export interface StoredTranslation extends TranslationRecord {
  readonly translatedAt: Date;
  readonly translatedByUserId: UserId | null;
  readonly translatedByName: string;
  readonly reviewedAt: Date | null;
  readonly reviewedByName: string | null;
}

/** What a person says of a text. */
export interface SaidTranslation {
  readonly key: string;
  readonly source: string;
  readonly text: string;
  readonly state: 'translated' | 'reviewed';
}

/** What a vendor asks of translations. */
export interface TranslationRule {
  /**
   * `hold`: a language that has a reviewer cannot be submitted with texts that
   * are not reviewed. `warn`: it can.
   */
  readonly unreviewed: 'hold' | 'warn';
  /** Whether a reviewer may release what he or she translated. */
  readonly ownReview: 'allowed' | 'refused';
}

export const DEFAULT_RULE: TranslationRule = { unreviewed: 'hold', ownReview: 'allowed' };

/** A person of the team who releases the texts of a language. */
export interface TranslationReviewer {
  readonly locale: string;
  readonly userId: UserId;
  readonly name: string;
}

/** A reviewer is asked; translators are asked to correct; all is reviewed. */
export type RequestKind = 'review' | 'rework' | 'done';

export interface TranslationRequest {
  readonly campaignId: CampaignId;
  readonly locale: string;
  readonly kind: RequestKind;
  readonly count: number;
  readonly comment: string | null;
  readonly at: Date;
  readonly byName: string;
}

/** A person who speaks for the reviewers of a language. */
interface AsReviewer {
  readonly userId: UserId | null;
  readonly byKey: boolean;
  readonly locale: string;
  readonly reviewer: TranslationReviewer | undefined;
}

/** Who reviews, as far as the decision needs it. */
interface Reviewing extends AsReviewer {
  readonly rule: TranslationRule;
  /** What was said of the texts so far. */
  readonly before: readonly StoredTranslation[];
}

/**
 * Checks that a person reviews a language. Without a reviewer of the language,
 * anyone who may comment on campaigns does.
 * @throws DomainError `translation.person-only` for an API key;
 *   `translation.not-reviewer`.
 */
export function requireReviewerOf({ userId, byKey, locale, reviewer }: AsReviewer): void {
  if (userId === null || byKey)
    throw new DomainError(
      'translation.person-only',
      'An API key cannot review texts. Sign in to review them.',
      {},
      { kind: 'forbidden' },
    );
  if (reviewer !== undefined && reviewer.userId !== userId)
    throw new DomainError(
      'translation.not-reviewer',
      `${reviewer.name} reviews this language. Ask for a review, or ask an approver to choose another reviewer.`,
      { locale, reviewer: reviewer.name },
      { kind: 'forbidden' },
    );
}

/**
 * Checks that a person may release these texts.
 * @throws DomainError as `requireReviewerOf`; `translation.own-translation`,
 *   `translation.translator-unknown`.
 */
export function requireReviewer(said: readonly SaidTranslation[], reviewing: Reviewing): void {
  requireReviewerOf(reviewing);
  const { userId, rule, before } = reviewing;
  if (rule.ownReview === 'allowed') return;
  const records = new Map(before.map((record) => [record.key, record]));
  const isSaid = ({ key, text }: SaidTranslation): boolean => records.get(key)?.text === text;
  const own = said.filter((text) => isSaid(text) && records.get(text.key)?.translatedByUserId === userId);
  const unsaid = said.filter((text) => !isSaid(text));
  if (own.length > 0)
    throw new DomainError(
      'translation.own-translation',
      `You translated ${own.length === 1 ? 'this text' : `${own.length} of these texts`}, so another person must review ${own.length === 1 ? 'it' : 'them'}. An approver can allow reviews of own translations.`,
      { keys: own.map(({ key }) => key) },
      { kind: 'forbidden' },
    );
  // The reviewer may have written them in the code or by an upload: to let them pass would make the
  // rule one that anyone gets around.
  if (unsaid.length > 0)
    throw new DomainError(
      'translation.translator-unknown',
      `Nobody has said who translated ${unsaid.length === 1 ? 'this text' : `${unsaid.length} of these texts`}, so it may have been you. Ask a translator to save ${unsaid.length === 1 ? 'it' : 'them'} under "Translation". An approver can allow reviews of own translations.`,
      { keys: unsaid.map(({ key }) => key) },
      { kind: 'forbidden' },
    );
}

/**
 * Warnings that translators have answered: texts that are the same in two
 * languages, and were said to be right so.
 */
export const answeredWarnings = (
  said: readonly Pick<TranslationRecord, 'key' | 'locale' | 'source' | 'text'>[],
): WarningName[] =>
  said
    .filter(({ source, text }) => source.trim().toLowerCase() === text.trim().toLowerCase())
    .map(({ key, locale, text }) =>
      untranslatedWarning(
        isInCampaignFile(key) ? { path: key.slice(CAMPAIGN_FILE.length + 1) } : { key },
        locale,
        text,
      ),
    );
