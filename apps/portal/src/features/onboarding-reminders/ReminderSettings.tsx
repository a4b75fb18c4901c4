import { Button, Group, SimpleGrid, Stack, Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { OnboardingReminderSettings, OnboardingRemindersView } from '#contracts';
import { useFieldErrors } from '../../shared/field-errors';
import { NumberField } from '../../shared/NumberField';
import { ProblemNote } from '../../shared/ProblemNote';
import { Section } from '../../shared/Section';
import { useCan } from '../../shared/session';
import { reminderKeys, saveOnboardingReminders } from './api';

/** The numbers of the form, with the limits of the API. */
const NUMBERS = [
  { field: 'firstAfterDays', min: 1, max: 90 },
  { field: 'againAfterDays', min: 7, max: 90 },
  { field: 'holdOutPercent', min: 0, max: 50 },
  { field: 'dailyLimit', min: 1, max: 1000 },
] as const;

/** Whether partners are reminded, when, and how many. */
export function ReminderSettings({ view }: { readonly view: OnboardingRemindersView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const canEdit = useCan()('partners.edit');
  const { version, isOn, firstAfterDays, againAfterDays, holdOutPercent, dailyLimit } = view;
  const form = useForm<OnboardingReminderSettings>({
    initialValues: { isOn, firstAfterDays, againAfterDays, holdOutPercent, dailyLimit },
  });
  const save = useMutation({
    mutationFn: (body: OnboardingReminderSettings) => saveOnboardingReminders(version, body),
    onSuccess: (saved) => {
      notifications.show({ color: 'teal', message: t('onboardingReminders.saved') });
      client.setQueryData(reminderKeys.settings, saved);
    },
  });
  const fieldErrors = useFieldErrors(save.error);
  return (
    <Section title={t('onboardingReminders.settings')} text={t('onboardingReminders.settingsWhy')}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <Switch
            label={t('onboardingReminders.isOn')}
            description={t('onboardingReminders.isOnWhy')}
            disabled={!canEdit}
            {...form.getInputProps('isOn', { type: 'checkbox' })}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {NUMBERS.map(({ field, min, max }) => (
              <NumberField
                key={field}
                label={t(`onboardingReminders.fields.${field}`)}
                description={t(`onboardingReminders.fieldsWhy.${field}`)}
                required
                min={min}
                max={max}
                disabled={!canEdit}
                {...form.getInputProps(field)}
                error={fieldErrors[field]}
              />
            ))}
          </SimpleGrid>
          {Object.keys(fieldErrors).length === 0 && <ProblemNote error={save.error} />}
          {canEdit && (
            <Group>
              <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                {t('onboardingReminders.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Section>
  );
}
