import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType, UseFormReturnType } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { RevealedProviderSource } from '#contracts';
import { CopyLine } from '../../shared/CopyLine';
import { useFieldErrors } from '../../shared/field-errors';
import { ProblemNote } from '../../shared/ProblemNote';
import { Dialog } from '../../shared/Dialog';
import { ProviderSteps } from './ProviderSteps';
import { hasSecret, type Provider } from './steps';
import { invalidate } from '../../shared/query-keys';
import { providerKeys } from './api';

type Revealed = z.output<typeof RevealedProviderSource>;

interface ProviderDialogProps {
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A dialog that ends with a URL to copy.
 * A click outside does not close it.
 */
export function ProviderDialog({ title, opened, onClose, children }: ProviderDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title} size="lg" centered>
      {children}
    </Dialog>
  );
}

interface SecretFormProps<Values extends { readonly secret: string }> {
  readonly form: UseFormReturnType<Values>;
  readonly provider: Provider;
  readonly send: (values: Values) => Promise<Revealed>;
  /** Label of the submit button. */
  readonly label: string;
  readonly onClose: () => void;
  /** Content above the secret, and below it with the errors by field. */
  readonly before: ReactNode;
  readonly after?: (fieldErrors: Readonly<Record<string, string>>) => ReactNode;
}

/**
 * Form for the provider's secret.
 * Then shows the webhook URL.
 */
export function SecretForm<Values extends { readonly secret: string }>(props: SecretFormProps<Values>) {
  const { form, provider, send, label, onClose, before, after } = props;
  const { t } = useTranslation();
  const client = useQueryClient();
  const sent = useMutation({
    mutationFn: send,
    onSuccess: () => invalidate(client, providerKeys.sources),
  });
  const fieldErrors = useFieldErrors(sent.error);
  if (sent.data !== undefined) return <TheAddress revealed={sent.data} onClose={onClose} />;
  const isPlaced = fieldErrors['secret'] !== undefined || (after !== undefined && fieldErrors['name'] !== undefined);
  const given: GetInputPropsReturnType = form.getInputProps('secret');
  return (
    <form onSubmit={form.onSubmit((values) => sent.mutate(values))}>
      <Stack>
        {before}
        {hasSecret(provider) && (
          <TextInput
            label={t(`providers.secret.${provider}`)}
            required
            autoComplete="off"
            maxLength={2000}
            {...given}
            error={fieldErrors['secret']}
          />
        )}
        {after?.(fieldErrors)}
        {!isPlaced && <ProblemNote error={sent.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={sent.isPending}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The webhook URL for the provider. */
function TheAddress({
  revealed: { source, url },
  onClose,
}: {
  readonly revealed: Revealed;
  readonly onClose: () => void;
}) {
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
