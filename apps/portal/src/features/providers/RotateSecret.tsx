import { Button, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { ProviderSourceView } from '#contracts';
import { ProviderDialog, SecretForm } from './ProviderDialog';
import { hasSecret } from './steps';
import { createProviderSourceSecret } from './api';

/**
 * Replaces a secret.
 * The old one stays valid for a while.
 */
export function RotateSecret({ source }: { readonly source: ProviderSourceView }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const title = t('providers.rotateOf', { name: source.name });
  return (
    <>
      <Button variant="default" onClick={open} aria-label={title}>
        {t('providers.rotate')}
      </Button>
      <ProviderDialog title={title} opened={opened} onClose={close}>
        <NewSecret source={source} onClose={close} />
      </ProviderDialog>
    </>
  );
}

function NewSecret({ source, onClose }: { readonly source: ProviderSourceView; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { id, provider } = source;
  const form = useForm({ initialValues: { secret: '' } });
  return (
    <SecretForm
      form={form}
      provider={provider}
      send={({ secret }) => createProviderSourceSecret(id, hasSecret(provider) ? { secret } : {})}
      label={t('providers.rotateGo')}
      onClose={onClose}
      before={<Text size="sm">{t('providers.rotateText')}</Text>}
    />
  );
}
