import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFieldErrors } from '../../shared/field-errors';
import { ProblemNote } from '../../shared/ProblemNote';
import { changeEmail } from './api';

/** Requests a link to a new e-mail address. */
export function EmailChange() {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { email: '' } });
  const change = useMutation({
    mutationFn: (body: typeof form.values) => changeEmail(body),
    onSuccess: () => form.reset(),
  });
  const { email } = useFieldErrors(change.error);
  return (
    <form onSubmit={form.onSubmit((values) => change.mutate(values))}>
      <Stack>
        <TextInput
          label={t('security.email.new')}
          type="email"
          required
          {...form.getInputProps('email')}
          error={email}
        />
        {email === undefined && <ProblemNote error={change.error} />}
        {change.isSuccess && <Alert color="teal">{t('security.email.sent')}</Alert>}
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={change.isPending}>
            {t('security.email.change')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
