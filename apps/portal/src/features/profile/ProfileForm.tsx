import { Button, Group, NativeSelect, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProfileView } from '#contracts';
import { countryCodes } from '../../shared/countries';
import { useFieldErrors } from '../../shared/field-errors';
import { useFormat } from '../../shared/format';
import { changeLanguage, LANGUAGES } from '../../shared/i18n';
import { ProblemNote } from '../../shared/ProblemNote';
import { timeZones } from '../../shared/place-choices';
import { saveProfile } from '../../shared/requests';
import { useReloadSession } from '../../shared/session';
import { profileKeys } from './api';
import { DateExample } from './DateExample';

const WEEK_STARTS = [1, 7, 6] as const;

interface ProfileFormProps {
  readonly saved: ProfileView;
}

/** Name, language and date format of the signed-in person. */
export function ProfileForm({ saved }: ProfileFormProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const form = useForm({
    initialValues: {
      name: saved.name,
      // The portal may be in another language on this device.
      language: i18n.language,
      region: saved.region,
      weekStartsOn: saved.weekStartsOn?.toString() ?? '',
      timeZone: saved.timeZone,
    },
  });
  const save = useSave();
  const { name } = useFieldErrors(save.error);
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('profile.name')}
            autoComplete="name"
            required
            {...form.getInputProps('name')}
            error={name}
          />
          <NativeSelect
            label={t('account.language')}
            description={t('profile.languageHelp')}
            data={LANGUAGES.map(({ tag, name: label }) => ({ value: tag, label }))}
            {...form.getInputProps('language')}
          />
          <Select
            label={t('profile.region')}
            description={t('profile.regionHelp')}
            placeholder={t('profile.browser')}
            searchable
            clearable
            data={countryCodes.map((code) => ({ value: code, label: format.country(code) }))}
            {...form.getInputProps('region')}
          />
          <NativeSelect
            label={t('profile.weekStartsOn')}
            data={[
              { value: '', label: t('profile.asRegion') },
              ...WEEK_STARTS.map((day) => ({ value: `${day}`, label: t(`profile.weekdays.${day}`) })),
            ]}
            {...form.getInputProps('weekStartsOn')}
          />
          <Select
            label={t('profile.timeZone')}
            description={t('profile.timeZoneHelp')}
            placeholder={t('profile.asOrganisation')}
            searchable
            clearable
            data={timeZones(saved.timeZone ?? '')}
            {...form.getInputProps('timeZone')}
          />
        </SimpleGrid>
        <Text size="sm" c="dimmed">
          <DateExample language={form.values.language} region={form.values.region} />
        </Text>
        {name === undefined && <ProblemNote error={save.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('profile.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ProfileValues {
  readonly name: string;
  readonly language: string;
  readonly region: string | null;
  readonly weekStartsOn: string;
  readonly timeZone: string | null;
}

/** Saves the profile, and applies it to all screens. */
function useSave() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const reloadSession = useReloadSession();
  return useMutation({
    mutationFn: ({ weekStartsOn, ...values }: ProfileValues) =>
      saveProfile({ ...values, weekStartsOn: weekStartsOn === '' ? null : Number(weekStartsOn) }),
    onSuccess: async (saved) => {
      client.setQueryData(profileKeys.profile, saved);
      await changeLanguage(saved.language);
      await reloadSession();
      notifications.show({ color: 'teal', message: t('profile.saved') });
    },
  });
}
