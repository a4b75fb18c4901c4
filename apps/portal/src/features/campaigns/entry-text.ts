import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail } from '#contracts';

type Trigger = CampaignVersionDetail['sequence']['entries'][number]['when'];

/** @returns who enters by a trigger, as a text. */
export function useEntryText(): (when: Trigger) => string {
  const { t } = useTranslation();
  return (when) => {
    if (when.on !== 'date') return t(`sequence.entry.${when.on}`, { name: nameIn(when) });
    const [name, count] = [t(`contact.field.${when.field}`), Math.abs(when.days)];
    if (count === 0) return t('sequence.entry.date', { name });
    return t(when.days < 0 ? 'sequence.entry.dateBefore' : 'sequence.entry.dateAfter', { name, count });
  };
}

/** The name in a trigger that has one: an event's, or a field's. */
const nameIn = (when: Trigger): string => (when.on === 'event' ? when.name : when.on === 'field' ? when.field : '');
