import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ProviderSourceView, RevealedProviderSource } from '#contracts';
import { ApiProblem, call } from '../../shared/api';
import { ProblemNote } from '../../shared/ProblemNote';
import { TheAddress } from './AddProvider';
import { hasSecret } from './steps';

/** Another secret, while the one before still proves along. */
export function RotateSecret({ source }: { readonly source: ProviderSourceView }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open} aria-label={t('providers.rotateOf', { name: source.name })}>
        {t('providers.rotate')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('providers.rotateOf', { name: source.name })}
        size="lg"
        centered
        closeOnClickOutside={false}
      >
        <Form source={source} onClose={close} />
      </Modal>
    </>
  );
}

function Form({ source, onClose }: { readonly source: ProviderSourceView; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { id, provider } = source;
  const form = useForm({ initialValues: { secret: '' } });
  const rotate = useMutation({
    mutationFn: ({ secret }: typeof form.values) =>
      call<z.output<typeof RevealedProviderSource>>('POST', `/provider-sources/${id}/secrets`, {
        body: hasSecret(provider) ? { secret } : {},
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['provider-sources'] }),
  });
  if (rotate.data !== undefined) return <TheAddress revealed={rotate.data} onClose={onClose} />;
  const fault = rotate.error instanceof ApiProblem ? rotate.error.byField()['secret'] : undefined;
  return (
    <form onSubmit={form.onSubmit((values) => rotate.mutate(values))}>
      <Stack>
        <Text size="sm">{t('providers.rotateText')}</Text>
        {hasSecret(provider) && (
          <TextInput
            label={t(`providers.secret.${provider}`)}
            required
            autoComplete="off"
            maxLength={2000}
            {...form.getInputProps('secret')}
            error={fault}
          />
        )}
        {fault === undefined && <ProblemNote error={rotate.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={rotate.isPending}>
            {t('providers.rotateGo')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
