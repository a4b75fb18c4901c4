import type { VariantView } from '#contracts';
import { readVariant } from '#rendering';

/** A variant's ledger name, parsed for display. */
export function variantView(name: string): VariantView {
  const { locale, email, conditions } = readVariant(name) ?? { locale: null, email: null, conditions: [] };
  return { variant: name, locale, email, conditions };
}
