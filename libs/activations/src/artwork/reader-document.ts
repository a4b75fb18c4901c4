import { bestLocale, type Locale } from '#kernel';
import type { AssetRecord } from '../activations.repository.js';

interface DocumentRequest {
  readonly key: string;
  /** BCP 47, of the reader; null: unknown. */
  readonly wanted: string | null;
  /** Language of the launch. */
  readonly launched: Locale;
}

/**
 * A document in the language of its reader, or else in that of the launch.
 * @returns null if there is none of this key yet.
 */
export function documentIn<T extends Pick<AssetRecord, 'kind' | 'key' | 'locale'>>(
  assets: readonly T[],
  { key, wanted, launched }: DocumentRequest,
): T | null {
  const ready = assets.filter((one) => one.kind === 'document' && one.key === key);
  const own = ready.filter(({ locale }) => locale === launched);
  const [first, ...others] = [...own, ...ready];
  if (first === undefined) return null;
  const locale = bestLocale(wanted, [first.locale, ...others.map((one) => one.locale)]);
  return ready.find((one) => one.locale === locale) ?? first;
}
