import { useTranslation } from 'react-i18next';
import { languagesToAdd } from './campaign-languages';
import { useFormat } from './format';

interface LanguageChoices {
  readonly group: string;
  readonly items: { readonly value: string; readonly label: string }[];
}

/**
 * All languages by name, for a select.
 * @param written languages that have texts already, listed first.
 * @param except languages that are not offered.
 */
export function useLanguageChoices(written: readonly string[], except: readonly string[] = []): LanguageChoices[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { withTexts, others } = languagesToAdd([...written, ...except]);
  const choices = (tags: readonly string[]) =>
    tags
      .map((value) => ({ value, label: format.language(value) }))
      .sort((one, other) => one.label.localeCompare(other.label));
  return [
    { group: t('languages.written'), items: choices(written) },
    { group: t('languages.withPageTexts'), items: choices(withTexts) },
    { group: t('languages.others'), items: choices(others) },
  ].filter(({ items }) => items.length > 0);
}
