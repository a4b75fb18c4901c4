/**
 * `missing`: no text, or still that of the source language.
 * `new`: a text of which nobody has said what it translates: it came by an
 * upload, the code view or another editor.
 * `outdated`: its source has changed since it was translated.
 * `draft`: translated, to be reviewed.
 */
export const TRANSLATION_STATES = ['missing', 'outdated', 'new', 'draft', 'reviewed'] as const;
export type TranslationState = (typeof TRANSLATION_STATES)[number];

/** What a person said of a text: it translates this source. */
export interface TranslationRecord {
  readonly locale: string;
  /** `welcome.subject`, or `campaign.yaml:summary`. */
  readonly key: string;
  readonly source: string;
  readonly text: string;
  readonly isReviewed: boolean;
}

interface Translated {
  /** Text in the first language of the campaign. */
  readonly source: string;
  /** Null: there is none. */
  readonly text: string | null;
  /** It has the words of the source, which are no names or numbers. */
  readonly isUntranslated: boolean;
  readonly record: Pick<TranslationRecord, 'source' | 'text' | 'isReviewed'> | null;
}

/**
 * State of a text. It follows from the two texts and what was said of them, so
 * that an edit in any editor, an upload or another version cannot make it wrong.
 */
export function translationState({ source, text, isUntranslated, record }: Translated): TranslationState {
  if (text === null || (text.trim() === '' && source.trim() !== '')) return 'missing';
  if (record !== null && record.text === text) {
    if (record.source !== source) return 'outdated';
    return record.isReviewed ? 'reviewed' : 'draft';
  }
  return isUntranslated ? 'missing' : 'new';
}

/** States that a reviewer has not released. */
export const isOpen = (state: TranslationState): boolean => state !== 'reviewed';
