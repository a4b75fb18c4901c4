import { Anchor, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ActivationDetail } from '#contracts';
import { isNothingSent } from '../../shared/undo-launch';

/**
 * Shows a partner what can still change after launch, what cannot and why, and
 * alternatives.
 * Renders nothing once the activation has ended.
 */
export function ChangeOptions({ activation }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  if (activation.status !== 'active' && activation.status !== 'held') return null;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="after-launch">
      <Stack gap="sm">
        <Title order={2} size="h3" id="after-launch">
          {t('afterLaunch.title')}
        </Title>
        <Text size="sm">{t('afterLaunch.sealed')}</Text>
        <List size="sm" spacing="xs">
          <List.Item>{t(isNothingSent(activation) ? 'afterLaunch.unsent' : 'afterLaunch.sent')}</List.Item>
          <List.Item>
            {t('afterLaunch.days')}{' '}
            <Anchor component={Link} to="/calendar" size="sm" underline="always">
              {t('nav.calendar')}
            </Anchor>
          </List.Item>
        </List>
      </Stack>
    </Paper>
  );
}
