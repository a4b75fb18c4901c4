import {
  Alert,
  Button,
  ColorInput,
  Group,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { BrandProfile, BrandProfileEdit, SessionView } from '#contracts';
import { useDraftForm } from '../../shared/draft-form';
import { useCan, useSession } from '../../shared/session';
import { ApiProblem } from '../../shared/api';
import { changesOf } from '../../shared/field-changes';
import { useFieldErrors } from '../../shared/field-errors';
import { timeZones, useCountries } from '../../shared/place-choices';
import { ProblemNote } from '../../shared/ProblemNote';
import { useTranslateCode } from '../../shared/translate-code';
import { UnsavedNote } from '../../shared/UnsavedNote';
import { languagesOf, toLocales } from './other-languages';
import { OtherLanguages } from './OtherLanguages';
import { saveBrandProfile } from './api';

export type Edit = z.input<typeof BrandProfileEdit>;
const COLOURS = ['primary', 'onPrimary', 'secondary', 'onSecondary', 'link'] as const;
const STANDARD = {
  primary: '#0f766e',
  onPrimary: '#ffffff',
  secondary: '#f2f4f7',
  onSecondary: '#101828',
  link: '#0f766e',
};

/** Defaults for empty fields: the name as legal name, the user as contact person. */
const valuesOf = (profile: BrandProfile, user: SessionView['user']) => ({
  name: profile.name,
  legalName: profile.legalName ?? profile.name,
  legalLine: profile.legalLine ?? '',
  postalAddress: profile.postalAddress ?? '',
  countryCode: profile.countryCode,
  timeZone: profile.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  website: profile.website ?? '',
  contact: {
    name: profile.contact.name ?? user.name,
    title: profile.contact.title ?? '',
    phone: profile.contact.phone ?? '',
    email: profile.contact.email ?? user.email,
  },
  colours: profile.colours ?? STANDARD,
  locales: languagesOf(profile.locales),
});

const orNull = (text: string) => (text.trim() === '' ? null : text);

const editOf = (values: ReturnType<typeof valuesOf>, colours: BrandProfile['colours']): Edit => ({
  ...values,
  legalName: orNull(values.legalName),
  legalLine: orNull(values.legalLine),
  postalAddress: orNull(values.postalAddress),
  website: orNull(values.website),
  contact: {
    name: orNull(values.contact.name),
    title: orNull(values.contact.title),
    phone: orNull(values.contact.phone),
    email: orNull(values.contact.email),
  },
  colours,
  locales: toLocales(values.locales),
});

const isRefusedAsOld = (error: unknown): boolean =>
  error instanceof ApiProblem && error.problem.code === 'brand-profile.stale';

interface BrandFormProps {
  readonly profile: BrandProfile;
  /** Called with the values after each change. */
  readonly onWritten: (written: Edit) => void;
}

/** Form for a partner's brand profile, except the logo. */
export function BrandForm({ profile, onWritten }: BrandFormProps) {
  const { t } = useTranslation();
  const translateCode = useTranslateCode();
  const can = useCan();
  const client = useQueryClient();
  const { user } = useSession();
  const { form, isUnsaved, forget, discard } = useDraftForm({ about: 'brand-profile', saved: valuesOf(profile, user) });
  // `isDirty` of the form is stale while several field errors are set at once.
  const isChosen = profile.colours !== null || Object.keys(changesOf(STANDARD, form.values.colours)).length > 0;
  const colours = isChosen ? form.values.colours : null;
  const written = JSON.stringify(editOf(form.values, colours));
  useEffect(() => onWritten(JSON.parse(written) as Edit), [written, onWritten]);
  const keep = useMutation({
    mutationFn: (values: typeof form.values) =>
      saveBrandProfile({ body: editOf(values, colours), headers: { 'If-Match': `"${profile.version}"` } }),
    onSuccess: (changed) => {
      forget();
      form.resetDirty();
      client.setQueryData(['brand-profile'], changed);
      void client.invalidateQueries({ queryKey: ['offers'] });
      void client.invalidateQueries({ queryKey: ['verified-hosts'] });
      notifications.show({ color: 'teal', message: t('brand.kept') });
    },
    // After a conflict, merge the saved version with the unsaved input.
    onError: (error) => {
      if (isRefusedAsOld(error)) void client.invalidateQueries({ queryKey: ['brand-profile'] });
    },
  });
  const fieldErrors = useFieldErrors(keep.error);
  const text = (path: string) => ({ ...form.getInputProps(path), error: fieldErrors[path] });
  const countries = useCountries();
  return (
    <form onSubmit={form.onSubmit((values) => keep.mutate(values))}>
      <Stack gap="lg">
        <Paper withBorder p="lg">
          <Stack>
            <Title order={2} size="h3">
              {t('brand.company')}
            </Title>
            <TextInput label={t('brand.name')} required {...text('name')} />
            <TextInput label={t('brand.legalName')} description={t('brand.legalNameWhy')} {...text('legalName')} />
            <TextInput label={t('brand.website')} placeholder="https://www.example.com" {...text('website')} />
            <Textarea
              label={t('brand.postalAddress')}
              description={t('brand.postalWhy')}
              autosize
              minRows={2}
              {...text('postalAddress')}
            />
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <Select
                label={t('brand.country')}
                data={countries}
                searchable
                allowDeselect={false}
                {...text('countryCode')}
              />
              <Select
                label={t('brand.timeZone')}
                data={timeZones(form.values.timeZone)}
                searchable
                allowDeselect={false}
                {...text('timeZone')}
              />
            </SimpleGrid>
            <TextInput label={t('brand.legalLine')} description={t('brand.legalWhy')} {...text('legalLine')} />
          </Stack>
        </Paper>
        <Paper withBorder p="lg">
          <Stack>
            <Title order={2} size="h3">
              {t('brand.contact')}
            </Title>
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <TextInput label={t('brand.contactName')} {...text('contact.name')} />
              <TextInput label={t('brand.contactTitle')} {...text('contact.title')} />
              <TextInput label={t('brand.contactEmail')} type="email" {...text('contact.email')} />
              <TextInput label={t('brand.contactPhone')} type="tel" {...text('contact.phone')} />
            </SimpleGrid>
          </Stack>
        </Paper>
        <Paper withBorder p="lg">
          <OtherLanguages
            languages={form.values.locales}
            faults={fieldErrors}
            onChange={(languages) => form.setFieldValue('locales', languages)}
          />
        </Paper>
        <Paper withBorder p="lg">
          <Stack>
            <Title order={2} size="h3">
              {t('brand.colours')}
            </Title>
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              {COLOURS.map((name) => (
                <ColorInput
                  key={name}
                  label={t(`lack.colour.${name}`)}
                  format="hex"
                  eyeDropperButtonProps={{ 'aria-label': t('brand.pick', { name: t(`lack.colour.${name}`) }) }}
                  {...text(`colours.${name}`)}
                />
              ))}
            </SimpleGrid>
            {profile.feedback.map(({ code, field, message, suggestion, named }) => (
              <Alert key={`${code} ${field}`} color="yellow" title={translateCode('missing', field, message, named)}>
                {suggestion !== undefined && (
                  <Button size="compact-sm" variant="default" onClick={() => form.setFieldValue(field, suggestion)}>
                    {t('brand.useColour', { colour: suggestion })}
                  </Button>
                )}
              </Alert>
            ))}
          </Stack>
        </Paper>
        {isRefusedAsOld(keep.error) ? (
          <Alert color="yellow" title={t('brand.stale')}>
            {t('brand.staleText')}
          </Alert>
        ) : (
          <ProblemNote error={keep.error} />
        )}
        {can('brand.edit') && isUnsaved && <UnsavedNote onDiscard={discard} />}
        {can('brand.edit') && (
          <Group justify="flex-end">
            <Button type="submit" loading={keep.isPending} disabled={!form.isDirty() && profile.isComplete}>
              {t('brand.keep')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
