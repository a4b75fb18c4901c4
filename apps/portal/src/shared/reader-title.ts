import { useTranslation } from 'react-i18next';
import { localised } from './localised';

interface Titled {
  /** Shown if the campaign has no other. */
  readonly title: string;
  readonly titles: Readonly<Record<string, string>>;
}

/**
 * A campaign's title in the language of the interface, so that one campaign has
 * one name on all screens. In another of its languages if it lacks that one.
 */
export function useReaderTitle(): (campaign: Titled) => string {
  const { i18n } = useTranslation();
  return ({ title, titles }) => localised(titles, i18n.language) || title;
}
