import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AuthLayout } from '../../shared/AuthLayout';
import { SignInForms } from './SignInForms';

/** Sign-in of a person with an account. */
export function SignInScreen() {
  const { t } = useTranslation();
  return (
    <AuthLayout title={t('signIn.title')} lead={t('signIn.lead')}>
      <SignInForms />
      <Anchor component={Link} to="/password" size="sm" ta="center">
        {t('signIn.forgot')}
      </Anchor>
    </AuthLayout>
  );
}
