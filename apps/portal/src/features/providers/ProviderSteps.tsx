import { List, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Provider, STEPS } from './steps';

interface ProviderStepsProps {
  readonly provider: Provider;
  readonly when: 'before' | 'after';
}

/** Instructions for the provider's console, in the console's own terms. */
export function ProviderSteps({ provider, when }: ProviderStepsProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t(when === 'before' ? 'providers.first' : 'providers.then')}
      </Title>
      <List type="ordered" size="sm" spacing={6}>
        {STEPS[provider][when].map((step) => (
          <List.Item key={step}>{t(`providers.step.${step}`)}</List.Item>
        ))}
      </List>
    </Stack>
  );
}
