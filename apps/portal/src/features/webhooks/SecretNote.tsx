import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyLine } from '../../shared/CopyLine';

/**
 * Shows a new secret.
 * It is shown only once.
 */
export function SecretNote({ secret }: { readonly secret: string }) {
  const { t } = useTranslation();
  return (
    <Alert color="teal" title={t('webhooks.once')} role="status">
      <CopyLine text={secret} label={t('keys.copy')} />
    </Alert>
  );
}
