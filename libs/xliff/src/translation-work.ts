import { TaskLimitError } from '#subprocess';
import type { Translation } from '#translation';
import type { ImportedText } from './import-check.js';
import { refusal } from './refusal.js';
import {
  type TranslatedCampaign,
  TRANSLATION_TASK,
  type TranslationAnswer,
  type TranslationWork,
} from './translation-files.js';

/** Ten times the file of a campaign with 1,000 texts. */
export const MOST_XLIFF_BYTES = 5_000_000;

/** The translations of a campaign by language; without `locales`, into all of its languages. */
export async function translationsOf(
  campaign: TranslatedCampaign,
  locales: readonly string[] | null = null,
): Promise<Readonly<Record<string, readonly Translation[]>>> {
  return (await run({ ...campaign, kind: 'list', locales })).translations;
}

/**
 * The texts of a campaign for translators.
 * @returns XLIFF 2.1.
 */
export async function exportXliff(texts: TranslatedCampaign, campaign: string, locale: string): Promise<string> {
  return (await run({ ...texts, kind: 'export', campaign, locale })).xliff;
}

/**
 * Says what the import of a file would do. Changes nothing.
 * @throws DomainError `xliff.…` for a file that cannot be used.
 */
export async function checkXliff(
  texts: TranslatedCampaign,
  campaign: string,
  locale: string,
  file: Uint8Array,
): Promise<readonly ImportedText[]> {
  if (file.length > MOST_XLIFF_BYTES)
    throw refusal(
      'too-large',
      `The file has more than ${MOST_XLIFF_BYTES / 1_000_000} MB. Import the file that was exported here.`,
    );
  return (await run({ ...texts, kind: 'check', campaign, locale, file })).texts;
}

async function run(work: TranslationWork): Promise<TranslationAnswer> {
  try {
    return await TRANSLATION_TASK.run(work);
  } catch (error) {
    if (!(error instanceof TaskLimitError)) throw error;
    throw refusal(
      'too-heavy',
      'The texts cannot be read within the limits of time and memory. Split the file or the campaign.',
    );
  }
}
