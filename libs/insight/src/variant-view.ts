import type { VariantView } from '#contracts';
import { readVariant } from '#rendering';

/** A variant by its name in the ledger, taken apart for whoever shows it. */
export function variantView(name: string): VariantView {
  const { locale, conditions } = readVariant(name) ?? { locale: null, conditions: [] };
  return { variant: name, locale, conditions };
}
