import { Alert, Button, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { PublicApplicationForm } from '#contracts';
import { AuthLayout } from '../../../shared/AuthLayout';
import { useFieldErrors } from '../../../shared/field-errors';
import { localised } from '../../../shared/localised';
import { useCountries } from '../../../shared/place-choices';
import { ProblemNote } from '../../../shared/ProblemNote';
import { sendApplication, usePublicForm } from './api';

/** The public form by which a company asks a vendor to become a partner. */
export function ApplyScreen() {
  const { t, i18n } = useTranslation();
  const { slug = '' } = useParams();
  const form = usePublicForm(slug);
  if (form.data === undefined)
    return (
      <AuthLayout title={t('apply.title')}>
        <ProblemNote error={form.error} />
      </AuthLayout>
    );
  const { vendorName: vendor, introduction } = form.data;
  return (
    <AuthLayout title={t('apply.titleOf', { vendor })} isWide>
      <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
        {localised(introduction, i18n.language) || t('apply.introduction', { vendor })}
      </Text>
      <Form form={form.data} slug={slug} />
    </AuthLayout>
  );
}

interface FormProps {
  readonly form: PublicApplicationForm;
  readonly slug: string;
}

const BLANK = { company: '', website: '', countryCode: null as string | null, person: '', email: '' };

function Form({ form: { vendorName: vendor, questions }, slug }: FormProps) {
  const { t, i18n } = useTranslation();
  const countries = useCountries();
  const form = useForm({ initialValues: { ...BLANK, answers: blankAnswers(questions) } });
  const send = useMutation({
    mutationFn: ({ website, ...values }: typeof form.values) =>
      sendApplication(slug, {
        ...values,
        ...(website.trim() === '' ? {} : { website }),
        language: i18n.language.startsWith('de') ? 'de' : 'en',
      }),
  });
  const fieldErrors = useFieldErrors(send.error);
  const field = (name: string) => ({ ...form.getInputProps(name), error: fieldErrors[name] });
  if (send.isSuccess)
    return (
      <Alert color="teal" title={t('apply.sent')}>
        {t('apply.sentText', { email: form.values.email, vendor })}
      </Alert>
    );
  return (
    <form onSubmit={form.onSubmit((values) => send.mutate(values))}>
      <Stack>
        <TextInput
          label={t('apply.company')}
          autoComplete="organization"
          required
          maxLength={120}
          {...field('company')}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select label={t('apply.country')} searchable required data={countries} {...field('countryCode')} />
          <TextInput label={t('apply.website')} autoComplete="url" maxLength={200} {...field('website')} />
          <TextInput label={t('apply.person')} autoComplete="name" required maxLength={120} {...field('person')} />
          <TextInput
            label={t('apply.email')}
            description={t('apply.emailWhy', { vendor })}
            type="email"
            autoComplete="email"
            required
            {...field('email')}
          />
        </SimpleGrid>
        {questions.map(({ key, label, isRequired }) => (
          <Textarea
            key={key}
            label={localised(label, i18n.language)}
            required={isRequired}
            autosize
            minRows={1}
            maxLength={1000}
            {...field(`answers.${key}`)}
          />
        ))}
        {Object.keys(fieldErrors).length === 0 && <ProblemNote error={send.error} />}
        <Text size="xs" c="dimmed">
          {t('apply.privacy', { vendor })}
        </Text>
        <Button type="submit" loading={send.isPending}>
          {t('apply.send')}
        </Button>
      </Stack>
    </form>
  );
}

const blankAnswers = (questions: PublicApplicationForm['questions']): Record<string, string> =>
  Object.fromEntries(questions.map(({ key }) => [key, '']));
