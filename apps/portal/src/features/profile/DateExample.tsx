import { useTranslation } from 'react-i18next';
import { useSession } from '../../shared/session';
import { localeIn } from '../../shared/user-locale';

interface DateExampleProps {
  readonly language: string;
  readonly region: string | null;
}

/** Shows how a date, a time and a number look in a region. */
export function DateExample({ language, region }: DateExampleProps) {
  const { t } = useTranslation();
  const { countryCode } = useSession();
  const locale = localeIn(language, region, countryCode);
  const moment = new Date(2026, 11, 31, 15, 30);
  return t('profile.example', {
    date: new Intl.DateTimeFormat(locale, { dateStyle: 'short' }).format(moment),
    time: new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(moment),
    number: new Intl.NumberFormat(locale).format(12_345.6),
  });
}
