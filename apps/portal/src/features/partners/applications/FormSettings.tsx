import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  Paper,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ApplicationFormView } from '#contracts';
import { CopyField } from '../../../shared/CopyField';
import { type DraftForm, useDraftForm } from '../../../shared/draft-form';
import { useFieldErrors } from '../../../shared/field-errors';
import { useFormat } from '../../../shared/format';
import { LANGUAGES } from '../../../shared/i18n';
import { Loaded } from '../../../shared/Page';
import { useCountries } from '../../../shared/place-choices';
import { ProblemNote } from '../../../shared/ProblemNote';
import { RestoredDraftNote } from '../../../shared/RestoredDraftNote';
import { useCan, useSession } from '../../../shared/session';
import { TraitInput } from '../TraitInput';
import { applicationKeys, saveApplicationForm, useApplicationForm } from './api';
import { type FormValues, formOf, newQuestion, valuesOf } from './form-values';

/** The vendor's public form: open or closed, its texts, questions and rules. */
export function FormSettings() {
  const { t } = useTranslation();
  const form = useApplicationForm();
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="application-form">
      <Stack>
        <Title order={2} size="h3" id="application-form">
          {t('applicationForm.title')}
        </Title>
        <Loaded query={form} height={320}>
          {(loaded) => <Settings saved={loaded} />}
        </Loaded>
      </Stack>
    </Paper>
  );
}

function Settings({ saved }: { readonly saved: ApplicationFormView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const canEdit = useCan()('partners.edit');
  const languages = useFormLanguages(saved);
  const draft = useDraftForm({ about: 'application-form', saved: valuesOf(saved, languages) });
  const { form, isUnsaved, forget, discard } = draft;
  const save = useMutation({
    mutationFn: (values: FormValues) => saveApplicationForm(saved.version, formOf(values)),
    onSuccess: (stored) => {
      forget();
      client.setQueryData(applicationKeys.form, stored);
      notifications.show({ color: 'teal', message: t('applicationForm.saved') });
    },
  });
  const fieldErrors = useFieldErrors(save.error);
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <fieldset disabled={!canEdit} style={{ border: 0, margin: 0, padding: 0 }}>
        <Stack>
          <Switch
            label={t('applicationForm.isOpen')}
            description={t('applicationForm.isOpenWhy')}
            {...form.getInputProps('isOpen', { type: 'checkbox' })}
          />
          {saved.isOpen && <CopyField label={t('applicationForm.url')} text={saved.url} />}
          <Texts form={form} languages={languages} />
          <Questions form={form} languages={languages} />
          <Rules form={form} errors={fieldErrors} />
          {Object.keys(fieldErrors).length === 0 && <ProblemNote error={save.error} />}
          <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
          {canEdit && (
            <Group>
              <Button type="submit" loading={save.isPending}>
                {t('applicationForm.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </fieldset>
    </form>
  );
}

/** Languages of the vendor, of the portal, and of texts that are there. */
function useFormLanguages({ introduction, questions }: ApplicationFormView): readonly string[] {
  const { languages } = useSession();
  const written = [introduction, ...questions.map(({ label }) => label)].flatMap((texts) => Object.keys(texts));
  return [...new Set([...languages, ...LANGUAGES.map(({ tag }) => tag), ...written])];
}

interface PartProps {
  readonly form: DraftForm<FormValues>['form'];
  readonly languages: readonly string[];
}

function Texts({ form, languages }: PartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return languages.map((language) => (
    <Textarea
      key={language}
      label={t('applicationForm.introduction', { language: format.language(language) })}
      autosize
      minRows={2}
      maxLength={2000}
      {...form.getInputProps(`introduction.${language}`)}
    />
  ));
}

function Questions({ form, languages }: PartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { questions } = form.values;
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        {t('applicationForm.questions')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('applicationForm.questionsWhy')}
      </Text>
      {questions.map(({ key }, at) => (
        <Paper key={key} withBorder p="sm">
          <Stack gap="xs">
            {languages.map((language) => (
              <TextInput
                key={language}
                label={t('applicationForm.question', { number: at + 1, language: format.language(language) })}
                maxLength={200}
                {...form.getInputProps(`questions.${at}.label.${language}`)}
              />
            ))}
            <Group justify="space-between">
              <Checkbox
                label={t('applicationForm.isRequired')}
                {...form.getInputProps(`questions.${at}.isRequired`, { type: 'checkbox' })}
              />
              <Button
                size="xs"
                variant="default"
                aria-label={t('applicationForm.removeOne', { number: at + 1 })}
                onClick={() => form.removeListItem('questions', at)}
              >
                {t('applicationForm.remove')}
              </Button>
            </Group>
          </Stack>
        </Paper>
      ))}
      {questions.length < 10 && (
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => form.insertListItem('questions', newQuestion(languages))}
          >
            {t('applicationForm.add')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface RulesProps extends Pick<PartProps, 'form'> {
  readonly errors: Readonly<Record<string, string>>;
}

function Rules({ form, errors }: RulesProps) {
  const { t } = useTranslation();
  const countries = useCountries();
  const field = (path: string) => ({ ...form.getInputProps(path), error: errors[path] });
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        {t('applicationForm.rules')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('applicationForm.rulesWhy')}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {(['accept', 'refuse'] as const).map((what) => (
          <Stack key={what} gap="sm">
            <MultiSelect
              label={t(`applicationForm.${what}.countries`)}
              searchable
              data={countries}
              {...field(`rules.${what}.countries`)}
            />
            <TagsInput
              label={t(`applicationForm.${what}.domains`)}
              placeholder="example.com"
              acceptValueOnBlur
              {...field(`rules.${what}.domains`)}
            />
          </Stack>
        ))}
        <TraitInput trait="tiers" label={t('applicationForm.tier')} {...field('rules.tier')} />
        <TraitInput trait="regions" label={t('applicationForm.region')} {...field('rules.region')} />
      </SimpleGrid>
      <TextInput
        label={t('applicationForm.refusal')}
        description={t('applicationForm.refusalWhy')}
        maxLength={500}
        {...field('rules.refusal')}
      />
    </Stack>
  );
}
