import { Button, Group, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFieldErrors } from '../../shared/field-errors';
import { passwordRule } from '../../shared/password-rule';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate } from '../../shared/query-keys';
import { changePassword, securityKeys } from './api';

/** Sets a new password; the old one is asked for by the confirmation. */
export function PasswordChange() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({ initialValues: { password: '' } });
  const change = useMutation({
    mutationFn: (body: typeof form.values) => changePassword(body),
    onSuccess: () => {
      form.reset();
      notifications.show({ color: 'teal', message: t('security.password.changed') });
      return invalidate(client, securityKeys.sessions);
    },
  });
  const { password } = useFieldErrors(change.error);
  return (
    <form onSubmit={form.onSubmit((values) => change.mutate(values))}>
      <Group align="flex-start" gap="sm">
        <PasswordInput
          label={t('security.password.new')}
          description={t('password.rule', passwordRule)}
          autoComplete="new-password"
          required
          style={{ flex: '1 1 260px' }}
          {...form.getInputProps('password')}
          error={password}
        />
      </Group>
      {password === undefined && <ProblemNote error={change.error} />}
      <Group justify="flex-end" mt="md">
        <Button type="submit" loading={change.isPending}>
          {t('security.password.change')}
        </Button>
      </Group>
    </form>
  );
}
