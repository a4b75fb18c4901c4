import type { VariantView } from '#contracts';
import { readVariant } from '#rendering';
import { timeOf } from '#sequencing';
import { sendTimeView } from './send-time-view.js';

/** A variant's ledger name, parsed for display. */
export function variantView(name: string): VariantView {
  const { locale, drawn, conditions } = readVariant(name) ?? { locale: null, drawn: null, conditions: [] };
  return {
    variant: name,
    locale,
    email: drawn?.of === 'email' ? drawn.arm : null,
    time: drawn?.of === 'time' ? sendTimeView(timeOf(drawn.arm)) : null,
    conditions,
  };
}
