import { Anchor, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ActivationView } from '#contracts';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { More } from '../../shared/More';
import { Loaded, Page } from '../../shared/Page';
import { usePages } from '../../shared/pages';
import { StatusBadge } from '../../shared/StatusBadge';

export function ActivationsScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const list = usePages<ActivationView>(['activations', 'all'], '/activations?limit=50');
  return (
    <Page title={t('activations.title')} lead={t('activations.lead')}>
      <Loaded query={list}>
        {(activations) =>
          activations.length === 0 ? (
            <Empty
              icon={IconRocket}
              title={t('activations.none')}
              action={
                <Button component={Link} to="/">
                  {t('activations.choose')}
                </Button>
              }
            >
              {t('activations.noneText')}
            </Empty>
          ) : (
            <Stack gap="sm">
              {activations.map(({ id, title, status, launchedAt, launchedBy }) => (
                <Paper key={id} withBorder p="md">
                  <Group justify="space-between" wrap="nowrap">
                    <div>
                      <Anchor component={Link} to={`/activations/${id}`} fw={600}>
                        {title}
                      </Anchor>
                      <Text size="sm" c="dimmed">
                        {t('activations.launched', { at: format.moment(launchedAt), by: launchedBy })}
                      </Text>
                    </div>
                    <StatusBadge status={status} />
                  </Group>
                </Paper>
              ))}
              <More list={list} />
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}
