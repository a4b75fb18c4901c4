import { Button, Group, Paper, Radio, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { InputPropsOf } from '../../shared/draft-form';
import { useTranslation } from 'react-i18next';
import type { SaveUnknownPolicy, UnknownPolicyView } from '#contracts';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { saveUnknownPolicy, useUnknownPolicy, sendingKeys } from './api';
import { NumberField } from '../../shared/NumberField';

/** Sets what happens to messages with an unknown outcome. */
export function UnknownPolicy() {
  const policy = useUnknownPolicy();
  return (
    <Loaded query={policy} height={220}>
      {(view) => <PolicyForm key={view.version} view={view} />}
    </Loaded>
  );
}

function PolicyForm({ view }: { readonly view: UnknownPolicyView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm<SaveUnknownPolicy>({
    initialValues: { onUnknown: view.onUnknown, repeatAfterHours: view.repeatAfterHours },
  });
  const save = useMutation({
    mutationFn: (body: SaveUnknownPolicy) => saveUnknownPolicy(view.version, body),
    onSuccess: (saved) => {
      client.setQueryData(sendingKeys.unknownPolicy, saved);
    },
  });
  return (
    <Paper withBorder p="lg">
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <Title order={2} size="h4">
            {t('relays.unknown.title')}
          </Title>
          <Text size="sm">{t('relays.unknown.text')}</Text>
          <Text size="sm">{t('relays.unknown.now', { count: view.unknown })}</Text>
          <PolicyChoice view={view} input={form.getInputProps('onUnknown')} />
          {form.values.onUnknown === 'repeat' && (
            <NumberField
              label={t('relays.unknown.after')}
              required
              min={1}
              max={168}
              maw={280}
              {...form.getInputProps('repeatAfterHours')}
            />
          )}
          <ProblemNote error={save.error} />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t('relays.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

interface PolicyChoiceProps {
  readonly view: UnknownPolicyView;
  readonly input: ReturnType<InputPropsOf>;
}

/** Closes messages of unknown outcome, or sends them again. */
function PolicyChoice({ view, input }: PolicyChoiceProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group label={t('relays.unknown.choice')} {...input}>
      <Stack gap="xs" mt="xs">
        <Radio value="close" label={t('relays.unknown.close', { days: view.closeAfterDays })} />
        {(view.readsLog || view.onUnknown === 'repeat-absent') && (
          <Radio value="repeat-absent" label={t('relays.unknown.repeatAbsent', { days: view.closeAfterDays })} />
        )}
        <Radio value="repeat" label={t('relays.unknown.repeat')} />
      </Stack>
    </Radio.Group>
  );
}
