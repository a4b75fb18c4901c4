import { Alert, Button, Group, Paper, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrandProfile } from '#contracts';
import { ApiProblem } from '../../shared/api';
import { type InputPropsOf, useDraftForm } from '../../shared/draft-form';
import { changesOf } from '../../shared/field-changes';
import { useFieldErrors } from '../../shared/field-errors';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan, useSession } from '../../shared/session';
import { UnsavedNote } from '../../shared/UnsavedNote';
import { saveBrandProfile, brandKeys } from './api';
import { type Edit, editOf, STANDARD_COLOURS, valuesOf } from './brand-values';
import { ColourFields, CompanyFields, ContactPersonFields } from './BrandFields';
import { OtherLanguages } from './OtherLanguages';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { basedOn } from '../../shared/request';

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
  const can = useCan();
  const { user } = useSession();
  const { form, isUnsaved, forget, discard } = useDraftForm({ about: 'brand-profile', saved: valuesOf(profile, user) });
  // `isDirty` of the form is stale while several field errors are set at once.
  const isChosen = profile.colours !== null || Object.keys(changesOf(STANDARD_COLOURS, form.values.colours)).length > 0;
  const colours = isChosen ? form.values.colours : null;
  const written = JSON.stringify(editOf(form.values, colours));
  useEffect(() => onWritten(JSON.parse(written) as Edit), [written, onWritten]);
  const save = useSaveProfile(profile.version, () => {
    forget();
    form.resetDirty();
  });
  const fieldErrors = useFieldErrors(save.error);
  const input: InputPropsOf = (path) => ({ ...form.getInputProps(path), error: fieldErrors[path] });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(editOf(values, colours)))}>
      <Stack gap="lg">
        <CompanyFields input={input} timeZone={form.values.timeZone} />
        <ContactPersonFields input={input} />
        <Paper withBorder p="lg">
          <OtherLanguages
            languages={form.values.locales}
            faults={fieldErrors}
            onChange={(languages) => form.setFieldValue('locales', languages)}
          />
        </Paper>
        <ColourFields
          input={input}
          feedback={profile.feedback}
          onSuggestion={(field, colour) => form.setFieldValue(field, colour)}
        />
        <SaveProblem error={save.error} />
        {can('brand.edit') && isUnsaved && <UnsavedNote onDiscard={discard} />}
        {can('brand.edit') && (
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty() && profile.isComplete}>
              {t('brand.keep')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** After a conflict, the form has the merged values. */
function SaveProblem({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  if (!isRefusedAsOld(error)) return <ProblemNote error={error} />;
  return (
    <Alert color="yellow" title={t('brand.stale')}>
      {t('brand.staleText')}
    </Alert>
  );
}

function useSaveProfile(version: number, onSaved: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Edit) => saveBrandProfile({ body, headers: basedOn(version) }),
    onSuccess: (changed) => {
      onSaved();
      client.setQueryData(brandKeys.profile, changed);
      void invalidate(client, queryKeys.offers, brandKeys.verifiedHosts);
      notifications.show({ color: 'teal', message: t('brand.kept') });
    },
    // After a conflict, merge the saved version with the unsaved input.
    onError: (error) => {
      if (isRefusedAsOld(error)) void invalidate(client, brandKeys.profile);
    },
  });
}
