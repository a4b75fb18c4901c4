import { useTranslation } from 'react-i18next';
import type { ContactDate } from '#contracts';

/**
 * @returns the name of a day that follows from a date of a contact.
 *   `days`: after the date; negative: before it.
 */
export function useDateRuleText(): (field: ContactDate, days: number) => string {
  const { t } = useTranslation();
  return (field, days) => {
    const name = t(`contact.field.${field}`);
    if (days === 0) return name;
    return t(days < 0 ? 'contact.dateRule.before' : 'contact.dateRule.after', { name, count: Math.abs(days) });
  };
}
