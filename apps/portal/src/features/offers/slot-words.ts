import { useTranslation } from 'react-i18next';
import { localised } from '../../shared/localised';
import type { SlotTexts } from './slot-texts';
import { altOf, type Slot } from './slots';

/** What an option of a choice is called. A block that can be hidden has no labels of its own. */
export function useOptionLabel(): (option: Slot['options'][number]) => string {
  const { t, i18n } = useTranslation();
  return ({ name, labels }) => {
    const own = localised(labels, i18n.language);
    return own === '' ? t(name === 'hidden' ? 'slots.hidden' : 'slots.shown') : own;
  };
}

/** What a partner sends in a slot, in words; null: nothing of its own, or it is said elsewhere. */
export function useSlotWords(texts: SlotTexts): (slot: Slot) => string | null {
  const { t } = useTranslation();
  const labelOf = useOptionLabel();
  return (slot) => {
    const lines = texts.linesIn(slot);
    if (slot.format === 'alt') return null;
    if (slot.format === 'link') return lines === '' ? null : lines;
    if (slot.format === 'choice') {
      const option = slot.options.find(({ name }) => name === lines);
      return option === undefined ? null : labelOf(option);
    }
    if (slot.format !== 'picture') return lines;
    const alt = altOf(slot, texts.places);
    return lines === ''
      ? t('slots.picture.vendors')
      : t('slots.picture.yours', { alt: alt === undefined ? '' : texts.linesIn(alt) });
  };
}
