import { Button, Group, NumberInput, Paper, Radio, Stack, Switch, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SendingPreferenceView } from '#contracts';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { queryKeys } from '../../shared/query-keys';
import { useSendingPreferences } from '../../shared/requests';
import { saveSendingPreferences } from './api';

/** Where replies go, and how many campaign e-mails a person gets in a day. */
export function SendingPreferences() {
  const preferences = useSendingPreferences();
  return (
    <Loaded query={preferences} height={260}>
      {(view) => <PreferencesForm key={`${view.repliesTo} ${view.emailsPerDay ?? ''}`} view={view} />}
    </Loaded>
  );
}

function PreferencesForm({ view }: { readonly view: SendingPreferenceView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { repliesTo, emailsPerDay, canReceive } = view;
  const form = useForm({
    initialValues: { repliesTo, isLimited: emailsPerDay !== null, emailsPerDay: emailsPerDay ?? 1 },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      // What was not changed stays as another user may have set it meanwhile.
      saveSendingPreferences({
        ...(form.isDirty('repliesTo') ? { repliesTo: values.repliesTo } : {}),
        ...(form.isDirty('isLimited') || form.isDirty('emailsPerDay')
          ? { emailsPerDay: values.isLimited ? values.emailsPerDay : null }
          : {}),
      }),
    onSuccess: (saved) => client.setQueryData(queryKeys.sendingPreferences, saved),
  });
  const isMine = useCan()('brand.edit');
  return (
    <Paper withBorder p="lg">
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <Title order={2} size="h4">
            {t('sendingPreferences.title')}
          </Title>
          <Radio.Group label={t('sendingPreferences.repliesTo')} {...form.getInputProps('repliesTo')}>
            <Stack gap="xs" mt="xs">
              {(['here', 'mailbox'] as const).map((where) => (
                <Radio
                  key={where}
                  value={where}
                  label={t(`sendingPreferences.${where}`)}
                  description={t(`sendingPreferences.${where}Means`)}
                  disabled={!isMine || (where === 'here' && !canReceive)}
                />
              ))}
            </Stack>
          </Radio.Group>
          {!canReceive && <Text size="sm">{t('sendingPreferences.cannotReceive')}</Text>}
          <Switch
            label={t('sendingPreferences.isLimited')}
            description={t('sendingPreferences.isLimitedMeans')}
            disabled={!isMine}
            {...form.getInputProps('isLimited', { type: 'checkbox' })}
          />
          {form.values.isLimited && (
            <NumberInput
              label={t('sendingPreferences.emailsPerDay')}
              min={1}
              max={10}
              allowDecimal={false}
              w={260}
              disabled={!isMine}
              {...form.getInputProps('emailsPerDay')}
            />
          )}
          <ProblemNote error={save.error} />
          {isMine && (
            <Group justify="flex-end">
              <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                {t('sendingPreferences.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Paper>
  );
}
