import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format';
import type { SlotRule } from './slot-rules';
import { BlurTextInput } from './BlurTextInput';

interface SlotLabelProps {
  readonly rule: SlotRule;
  readonly onWrite: (locale: string, words: string) => void;
}

/**
 * Label of a slot for partners, by language.
 * Nothing if the label comes from a template or the copy.
 */
export function SlotLabel({ rule: { labels }, onWrite }: SlotLabelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return Object.entries(labels ?? {}).map(([locale, words]) => (
    <BlurTextInput
      key={locale}
      label={t('slotRules.words', { language: format.language(locale) })}
      value={words}
      onWrite={(written) => onWrite(locale, written)}
    />
  ));
}
