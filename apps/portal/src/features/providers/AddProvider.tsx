import { Alert, Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { RevealedProviderSource } from '#contracts';
import { ApiProblem, call } from '../../shared/api';
import { CopyLine } from '../../shared/CopyLine';
import { ProblemNote } from '../../shared/ProblemNote';
import { ProviderSteps } from './ProviderSteps';
import { hasSecret, type Provider, PROVIDERS } from './steps';

type Revealed = z.output<typeof RevealedProviderSource>;

interface AddProviderProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** From the provider's console and back: its secret comes in, our address goes out. */
export function AddProvider({ opened, onClose }: AddProviderProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t('providers.add')} size="lg" centered closeOnClickOutside={false}>
      <Steps onClose={onClose} />
    </Modal>
  );
}

function Steps({ onClose }: Pick<AddProviderProps, 'onClose'>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({ initialValues: { provider: 'ses' as Provider, name: '', secret: '' } });
  const { provider } = form.values;
  const add = useMutation({
    mutationFn: ({ secret, ...rest }: typeof form.values) =>
      call<Revealed>('POST', '/provider-sources', { body: hasSecret(rest.provider) ? { ...rest, secret } : rest }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['provider-sources'] }),
  });
  if (add.data !== undefined) return <TheAddress revealed={add.data} onClose={onClose} />;
  const faults = add.error instanceof ApiProblem ? add.error.byField() : {};
  const isPlaced = faults['name'] !== undefined || faults['secret'] !== undefined;
  return (
    <form onSubmit={form.onSubmit((values) => add.mutate(values))}>
      <Stack>
        <NativeSelect
          label={t('providers.provider')}
          data={PROVIDERS.map((value) => ({ value, label: t(`providers.called.${value}`) }))}
          {...form.getInputProps('provider')}
        />
        <ProviderSteps provider={provider} when="before" />
        {hasSecret(provider) && (
          <TextInput
            label={t(`providers.secret.${provider}`)}
            required
            autoComplete="off"
            maxLength={2000}
            {...form.getInputProps('secret')}
            error={faults['secret']}
          />
        )}
        <TextInput
          label={t('providers.name')}
          description={t('providers.nameHow')}
          required
          maxLength={80}
          {...form.getInputProps('name')}
          error={faults['name']}
        />
        {!isPlaced && <ProblemNote error={add.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={add.isPending}>
            {t('providers.next')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface TheAddressProps {
  readonly revealed: Revealed;
  readonly onClose: () => void;
}

/** Where the provider tells to. */
export function TheAddress({ revealed: { source, url }, onClose }: TheAddressProps) {
  const { t } = useTranslation();
  const { provider } = source;
  return (
    <Stack>
      <ProviderSteps provider={provider} when="after" />
      <Alert title={t('providers.url', { provider: t(`providers.called.${provider}`) })} color="teal" role="status">
        <CopyLine text={url} label={t('keys.copy')} />
        {!hasSecret(provider) && (
          <Text size="sm" mt="xs">
            {t('providers.once')}
          </Text>
        )}
      </Alert>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('providers.done')}</Button>
      </Group>
    </Stack>
  );
}
