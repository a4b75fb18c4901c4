import { useTranslation } from 'react-i18next';

/** The address of a table in CSV whose columns have names in the reader's language. */
export function useTableHref(): (path: string) => string {
  const { language } = useTranslation().i18n;
  return (path) => `/api/v1${path}${path.includes('?') ? '&' : '?'}language=${language.split('-')[0] ?? 'en'}`;
}
