import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LaunchDelayView } from '#contracts';
import { useFieldErrors } from '../../shared/field-errors';
import { NumberField } from '../../shared/NumberField';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { useCan } from '../../shared/session';
import { saveLaunchDelay, sendingKeys, useLaunchDelay } from './api';

const MAX_MINUTES = 60;

/** Sets how long a partner's launches wait, so that they can be undone. */
export function LaunchDelay() {
  const delay = useLaunchDelay();
  return (
    <Loaded query={delay} height={180}>
      {(view) => <DelayForm key={view.minutes} view={view} />}
    </Loaded>
  );
}

function DelayForm({ view: { minutes, standard } }: { readonly view: LaunchDelayView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm<{ minutes: number | '' }>({ initialValues: { minutes } });
  const save = useMutation({
    mutationFn: (values: typeof form.values) => saveLaunchDelay(values.minutes === '' ? standard : values.minutes),
    onSuccess: (saved) => {
      client.setQueryData(sendingKeys.launchDelay, saved);
      void invalidate(client, queryKeys.offerDates, queryKeys.dryRuns);
    },
  });
  const canEdit = useCan()('brand.edit');
  const fieldErrors = useFieldErrors(save.error);
  return (
    <Paper withBorder p="lg">
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <Title order={2} size="h4">
            {t('launchDelay.title')}
          </Title>
          <Text size="sm">{t('launchDelay.text', { count: standard })}</Text>
          <NumberField
            label={t('launchDelay.minutes')}
            description={t('launchDelay.range', { max: MAX_MINUTES })}
            min={0}
            max={MAX_MINUTES}
            w={260}
            disabled={!canEdit}
            {...form.getInputProps('minutes')}
            error={fieldErrors['minutes']}
          />
          <ProblemNote error={save.error} />
          {canEdit && (
            <Group justify="flex-end">
              <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                {t('launchDelay.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Paper>
  );
}
