import { Alert, Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { AuthLayout } from '../../../shared/AuthLayout';
import { ProblemNote } from '../../../shared/ProblemNote';
import { confirmApplication } from './api';

/**
 * Proves the address of an application by a button: mail scanners open links,
 * too.
 */
export function ConfirmApplicationScreen() {
  const { t } = useTranslation();
  const { token = '' } = useParams();
  const confirm = useMutation({ mutationFn: () => confirmApplication(token) });
  return (
    <AuthLayout title={t('apply.confirm.title')} lead={t('apply.confirm.lead')}>
      {confirm.isSuccess ? (
        <Alert color="teal">{t('apply.confirm.done')}</Alert>
      ) : (
        <Stack>
          <ProblemNote error={confirm.error} />
          <Button loading={confirm.isPending} onClick={() => confirm.mutate()}>
            {t('apply.confirm.go')}
          </Button>
        </Stack>
      )}
    </AuthLayout>
  );
}
