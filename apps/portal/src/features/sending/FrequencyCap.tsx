import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type FrequencyCapView, MAX_CAP_DAYS } from '#contracts';
import { useCan } from '../../shared/session';
import { useFormat } from '../../shared/format';
import { useFieldErrors } from '../../shared/field-errors';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { saveFrequencyCap, useFrequencyCap, sendingKeys } from './api';
import { type InputPropsOf } from '../../shared/draft-form';
import { NumberField } from '../../shared/NumberField';

const CAP_OF = {
  partner: { permission: 'brand.edit' },
  vendor: { permission: 'relays.edit' },
} as const;
type Kind = keyof typeof CAP_OF;

interface FrequencyCapProps {
  readonly of: Kind;
}

/** Maximum number of e-mails per contact in a period. */
export function FrequencyCap({ of }: FrequencyCapProps) {
  const cap = useFrequencyCap(of);
  return (
    <Loaded query={cap} height={180}>
      {(view) => <CapForm key={view.version} of={of} view={view} />}
    </Loaded>
  );
}

function CapForm({ of, view }: FrequencyCapProps & { readonly view: FrequencyCapView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const format = useFormat();
  const { cap: chosenCap, days: chosenDays } = view.next ?? view;
  // Empty means the default of the installation.
  const form = useForm<{ cap: number | ''; days: number | '' }>({
    initialValues: { cap: chosenCap ?? '', days: chosenDays },
  });
  const save = useMutation({
    mutationFn: ({ cap, days }: typeof form.values) =>
      saveFrequencyCap(of, view.version, { cap: cap === '' ? null : cap, ...(days === '' ? {} : { days }) }),
    onSuccess: (saved) => client.setQueryData(sendingKeys.frequencyCap(of), saved),
  });
  const fieldErrors = useFieldErrors(save.error);
  const isMine = useCan()(CAP_OF[of].permission);
  return (
    <Paper withBorder p="lg">
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <Title order={2} size="h4">
            {t('frequencyCap.title')}
          </Title>
          <Text size="sm" maw={760}>
            {t(`frequencyCap.${of}`, { most: view.most, days: view.mostDays })}
          </Text>
          {view.next !== null && (
            <Text size="sm" role="status">
              {t('frequencyCap.next', {
                from: format.moment(view.next.from),
                now:
                  view.cap === null
                    ? t('frequencyCap.none')
                    : t('frequencyCap.rule', { cap: view.cap, days: view.days }),
              })}
            </Text>
          )}
          <CapFields
            view={view}
            input={(field) => ({ ...form.getInputProps(field), error: fieldErrors[field] })}
            disabled={!isMine}
          />
          {Object.keys(fieldErrors).length === 0 && <ProblemNote error={save.error} />}
          {isMine && (
            <Group justify="flex-end">
              <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                {t('frequencyCap.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Paper>
  );
}

interface CapFieldsProps {
  readonly view: FrequencyCapView;
  readonly input: InputPropsOf<'cap' | 'days'>;
  readonly disabled: boolean;
}

/** Number of messages, and of the days that they are counted in. */
function CapFields({ view, input, disabled }: CapFieldsProps) {
  const { t } = useTranslation();
  return (
    <Group align="flex-start">
      <NumberField
        label={t('frequencyCap.cap')}
        description={t('frequencyCap.empty')}
        placeholder={String(view.most)}
        min={1}
        max={100}
        w={260}
        disabled={disabled}
        {...input('cap')}
      />
      <NumberField
        label={t('frequencyCap.days')}
        description={t('frequencyCap.upTo', { most: MAX_CAP_DAYS })}
        min={1}
        max={MAX_CAP_DAYS}
        w={260}
        disabled={disabled}
        {...input('days')}
      />
    </Group>
  );
}
