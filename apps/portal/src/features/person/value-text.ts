import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format';
import { useTranslateCode } from '../../shared/translate-code';

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/;

interface ValueWords {
  readonly nameOf: (field: string) => string;
  readonly valueOf: (field: string, value: unknown) => string;
}

/**
 * Translates stored values for display.
 * A value without a translation is shown as stored.
 */
export function useValueText(): ValueWords {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const translateCode = useTranslateCode();
  const wordFor = (group: string, value: string): string | null => {
    const key = `${group}.${value}`;
    return i18n.exists(key) ? t(key as 'status.sent') : null;
  };
  const textOf = (field: string, value: string): string => {
    if (INSTANT.test(value)) return format.moment(value);
    switch (field) {
      case 'country':
        return format.country(value);
      case 'language':
      case 'textLanguage':
        return format.language(value);
      case 'confirmation':
        return wordFor('contact.consentForm', value) ?? value;
      case 'kind':
        return wordFor('personFile.did', value) ?? value;
      case 'group':
        return wordFor('personFile.drawn', value) ?? value;
      case 'basis':
        return wordFor('consent', value) ?? value;
      case 'state':
      case 'outcome':
      case 'status':
        return wordFor('status', value) ?? value;
      case 'reason':
        return wordFor('suppressions.reason', value) ?? translateCode('reasons', value, value);
      default:
        return value;
    }
  };
  const valueOf = (field: string, value: unknown): string => {
    if (value === null || value === undefined) return '';
    if (typeof value === 'string') return textOf(field, value);
    if (typeof value === 'number') return format.number(value);
    if (Array.isArray(value)) return value.map((one: unknown) => valueOf(field, one)).join('; ');
    if (typeof value === 'object')
      return Object.entries(value)
        .map(([name, part]: [string, unknown]) => valueOf(name, part))
        .filter((part) => part !== '')
        .join(', ');
    return JSON.stringify(value);
  };
  return { nameOf: (field) => wordFor('personFile.field', field) ?? field, valueOf };
}
