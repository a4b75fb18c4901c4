import { Code, Group, Paper, Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AuditEntryView } from '#contracts';
import type { z } from 'zod';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { More } from '../../shared/More';
import { Loaded, Page } from '../../shared/Page';
import { usePages } from '../../shared/pages';

/** Who did what, newest first. */
export function AuditScreen() {
  const { t } = useTranslation();
  const deed = useDeed();
  const format = useFormat();
  const entries = usePages<z.output<typeof AuditEntryView>>(['audit'], '/audit-entries?limit=50');
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      <Loaded query={entries} height={420}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={IconHistory} title={t('audit.none')}>
              {t('audit.noneText')}
            </Empty>
          ) : (
            <Stack gap="xs">
              {items.map(({ id, at, actorName, action, details }) => (
                <Paper key={id} withBorder px="md" py="sm">
                  <Group justify="space-between" gap="xs">
                    <Text size="sm">
                      <Text span fw={600}>
                        {actorName}
                      </Text>{' '}
                      {deed(action)}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {format.moment(at)}
                    </Text>
                  </Group>
                  {Object.keys(details).length > 0 && (
                    <Code style={{ overflowWrap: 'anywhere', background: 'transparent', padding: 0 }}>
                      {Object.entries(details)
                        .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
                        .join(' · ')}
                    </Code>
                  )}
                </Paper>
              ))}
              <More list={entries} />
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

/** A deed in words; one that has no words yet is shown as it was recorded. */
function useDeed(): (action: string) => string {
  const { t, i18n } = useTranslation();
  return (action) => {
    const key = `audit.did.${action}`;
    return i18n.exists(key) ? t(key as 'audit.did.activation.launched') : action;
  };
}
