import { NativeSelect, type NativeSelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from './i18n';

/**
 * Language of an invitation mail.
 * The empty value is the language of the country.
 */
export function InvitationLanguage(props: Omit<NativeSelectProps, 'data' | 'label'>) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      {...props}
      label={t('invitationLanguage.label')}
      description={t('invitationLanguage.help')}
      data={[
        { value: '', label: t('invitationLanguage.country') },
        ...LANGUAGES.map(({ tag, name }) => ({ value: tag, label: name })),
      ]}
    />
  );
}

/** The chosen language; undefined for that of the country. */
export const chosenLanguage = (value: string): string | undefined => (value === '' ? undefined : value);
