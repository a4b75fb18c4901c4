import type { VariantView } from '#contracts';
import { readVariant } from '#rendering';

/** A variant's ledger name, parsed for display. */
export function variantView(name: string): VariantView {
  const { locale, conditions } = readVariant(name) ?? { locale: null, conditions: [] };
  return { variant: name, locale, conditions };
}
