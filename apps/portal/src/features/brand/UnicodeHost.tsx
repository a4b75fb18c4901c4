import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HostClaim } from '#contracts';

/**
 * Shows the Unicode form of a host and its ASCII form. Nothing for an ASCII
 * host. Says why where the Unicode form is not shown because it imitates
 * another host.
 */
export function UnicodeHost({ host, letters }: Pick<HostClaim, 'host' | 'letters'>) {
  const { t } = useTranslation();
  if (letters === host) return null;
  return (
    <Text span size="sm" c={letters === null ? 'red.9' : 'dimmed'}>
      {letters === null ? (
        t('brand.hosts.disguised')
      ) : (
        <>
          (<bdi>{letters}</bdi>)
        </>
      )}{' '}
    </Text>
  );
}
