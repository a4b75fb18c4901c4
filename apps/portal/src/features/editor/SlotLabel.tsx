import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format';
import type { SlotRule } from './slot-rules';
import { BlurTextInput } from './BlurTextInput';

interface SlotLabelProps {
  readonly rule: SlotRule;
  readonly onWrite: (locale: string, words: string) => void;
}

/** What partners read above a slot, by language; nothing where the words stand in a template or the copy. */
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
