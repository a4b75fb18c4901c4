import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HostClaim } from '#contracts';

/** A host in its own letters, beside its ASCII form; nothing where it has no others, and why not where it is read as another. */
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
