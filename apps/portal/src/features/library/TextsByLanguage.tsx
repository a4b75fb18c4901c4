import { NativeSelect, Stack, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type ByLanguage = Readonly<Record<string, string>>;

/** Languages to add, besides those that are there. */
const OFFERED = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'cs', 'sv', 'ar', 'ja'] as const;
const RIGHT_TO_LEFT = /^(?:ar|fa|he|ur)\b/;

interface TextsByLanguageProps {
  readonly texts: ByLanguage;
  /** Label of the field of a language. */
  readonly labelOf: (language: string) => string;
  readonly description?: string;
  readonly disabled: boolean;
  readonly onTexts: (texts: ByLanguage) => void;
}

/** A text in any number of languages. One that is empty is left out. */
export function TextsByLanguage({ texts, labelOf, description, disabled, onTexts }: TextsByLanguageProps) {
  const { t, i18n } = useTranslation();
  const own = i18n.language.split('-')[0] ?? 'en';
  const shown = Object.keys(texts).length === 0 ? [own] : Object.keys(texts);
  const names = new Intl.DisplayNames([i18n.language], { type: 'language' });
  const more = OFFERED.filter((language) => !shown.includes(language));
  return (
    <Stack gap="xs">
      {shown.map((language, at) => (
        <Textarea
          key={language}
          label={labelOf(names.of(language) ?? language)}
          {...(description === undefined || at > 0 ? {} : { description })}
          lang={language}
          dir={RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr'}
          autosize
          disabled={disabled}
          value={texts[language] ?? ''}
          onChange={(event) => onTexts({ ...texts, [language]: event.currentTarget.value })}
        />
      ))}
      {!disabled && more.length > 0 && (
        <NativeSelect
          aria-label={t('library.addLanguage')}
          size="xs"
          value=""
          data={[
            { value: '', label: t('library.addLanguage') },
            ...more.map((language) => ({ value: language, label: names.of(language) ?? language })),
          ]}
          onChange={(event) => {
            const language = event.currentTarget.value;
            if (language !== '') onTexts({ [own]: '', ...texts, [language]: '' });
          }}
        />
      )}
    </Stack>
  );
}
