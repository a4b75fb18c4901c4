import { useTranslation } from 'react-i18next';
import type { VariantView } from '#contracts';
import { useFormat } from '../../shared/format';
import { useSendTimeText } from '../../shared/send-time';

const FIELDS = ['industry', 'persona', 'stage', 'segment', 'country'] as const;

/** Parses `industry=finance|insurance & country=DE`. */
const pairsOf = (condition: string): [string, string[]][] =>
  condition.split(' & ').map((pair) => {
    const [field = '', values = ''] = pair.split('=');
    return [field, values.split('|')];
  });

/** Names of recipient variants: language and conditions. */
export function useVariantName() {
  const { t } = useTranslation();
  const format = useFormat();
  const timeText = useSendTimeText();
  const condition = (text: string): string =>
    pairsOf(text)
      .map(([name, values]) => {
        const field = FIELDS.find((one) => one === name);
        if (field === undefined) return t('variants.many');
        const shown = values.map((value) => (field === 'country' ? format.country(value) : value));
        return `${t(`personFile.field.${field}`)}: ${shown.join(` ${t('variants.or')} `)}`;
      })
      .join(', ');
  return ({ locale, email, time, conditions }: VariantView): string => {
    if (locale === null) return t('variants.unrecorded');
    const tested = [
      ...(email === null ? [] : [t('experiments.email', { email })]),
      ...(time === null ? [] : [t('experiments.time', { time: timeText(time) })]),
    ];
    return [...tested, format.language(locale), ...conditions.map(condition)].join(' · ');
  };
}
