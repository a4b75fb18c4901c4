import { NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ProviderDialog, SecretForm } from './ProviderDialog';
import { ProviderSteps } from './ProviderSteps';
import { hasSecret, type Provider, PROVIDERS } from './steps';
import { createProviderSource } from './api';

interface AddProviderProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/**
 * Connects an e-mail provider: its secret first, then the webhook URL for its
 * console.
 */
export function AddProvider({ opened, onClose }: AddProviderProps) {
  const { t } = useTranslation();
  return (
    <ProviderDialog title={t('providers.add')} opened={opened} onClose={onClose}>
      <Steps onClose={onClose} />
    </ProviderDialog>
  );
}

function Steps({ onClose }: Pick<AddProviderProps, 'onClose'>) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { provider: 'ses' as Provider, name: '', secret: '' } });
  const { provider } = form.values;
  return (
    <SecretForm
      form={form}
      provider={provider}
      send={({ secret, ...rest }) => createProviderSource(hasSecret(rest.provider) ? { ...rest, secret } : rest)}
      label={t('providers.next')}
      onClose={onClose}
      before={
        <>
          <NativeSelect
            label={t('providers.provider')}
            data={PROVIDERS.map((value) => ({ value, label: t(`providers.called.${value}`) }))}
            {...form.getInputProps('provider')}
          />
          <ProviderSteps provider={provider} when="before" />
        </>
      }
      after={(faults) => (
        <TextInput
          label={t('providers.name')}
          description={t('providers.nameHow')}
          required
          maxLength={80}
          {...form.getInputProps('name')}
          error={faults['name']}
        />
      )}
    />
  );
}
