import { defineTask } from '#subprocess';
import type { Translation, TranslationRecord } from '#translation';
import type { ImportedText } from './import-check.js';

/** The texts of a campaign, and what was said of their translations. */
export interface TranslatedCampaign {
  /** Text files of the package by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly records: readonly TranslationRecord[];
}

export type TranslationWork = TranslatedCampaign &
  (
    | { readonly kind: 'list'; readonly locales: readonly string[] | null }
    | { readonly kind: 'export'; readonly campaign: string; readonly locale: string }
    | { readonly kind: 'check'; readonly campaign: string; readonly locale: string; readonly file: Uint8Array }
  );

export interface TranslationAnswer {
  /** Translations by language; for `list`. */
  readonly translations: Readonly<Record<string, readonly Translation[]>>;
  /** For `export`. */
  readonly xliff: string;
  /** For `check`. */
  readonly texts: readonly ImportedText[];
}

/** 10,000 texts take a second, and a file of 5 MB as long. */
const LIMITS = { cpuMs: 6_000, memoryMb: 384 } as const;

/** Reads and compares texts of authors and files of translators, in a process that can be killed. */
export const TRANSLATION_TASK = defineTask<TranslationWork, TranslationAnswer>({
  name: 'xliff.work-on-translations',
  worker: new URL('./translation-files.worker.js', import.meta.url),
  load: () => import('./translation-files.worker.js'),
  limits: LIMITS,
  processes: 1,
  maxWaiting: 50,
});
