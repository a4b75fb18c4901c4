import { Alert, Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ProblemNote } from '../../shared/ProblemNote';
import { AuthLayout } from '../../shared/AuthLayout';
import { confirmEmail } from './api';

/**
 * Confirms a new address by a button: mail scanners open links, too.
 */
export function ConfirmEmailScreen() {
  const { t } = useTranslation();
  const { token = '' } = useParams();
  const confirm = useMutation({ mutationFn: () => confirmEmail(token) });
  return (
    <AuthLayout title={t('emailChange.title')} lead={t('emailChange.lead')}>
      {confirm.isSuccess ? (
        <Stack>
          <Alert color="teal">{t('emailChange.done')}</Alert>
          <Button component={Link} to="/">
            {t('account.signIn')}
          </Button>
        </Stack>
      ) : (
        <Stack>
          <ProblemNote error={confirm.error} />
          <Button loading={confirm.isPending} onClick={() => confirm.mutate()}>
            {t('emailChange.confirm')}
          </Button>
        </Stack>
      )}
    </AuthLayout>
  );
}
