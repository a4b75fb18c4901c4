import { Anchor, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../shared/format';
import { useRecalls } from './api';
import { useRecallText } from './recall-text';

/** Recalls of a campaign, with links to their reports. Nothing if there was none. */
export function Recalls({ campaignId }: { readonly campaignId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const recallText = useRecallText();
  const items = useRecalls(campaignId).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Stack>
      <Title order={2}>{t('recalls.title')}</Title>
      {items.map((recall) => (
        <Paper key={recall.id} withBorder p="md">
          <Group justify="space-between" gap="xs">
            <div style={{ flex: '1 1 14rem', minWidth: 0 }}>
              <Anchor component={Link} to={`/campaigns/${campaignId}/recalls/${recall.id}`} fw={600}>
                {recallText(recall)}
              </Anchor>
              <Text size="sm">
                {t(`recalls.modes.${recall.mode}`)}
                {recall.replacementNumber !== null &&
                  ` · ${t('campaigns.version', { number: recall.replacementNumber })}`}
              </Text>
              <Text size="sm" c="dimmed">
                {t('recalls.decided', { at: format.moment(recall.decidedAt), by: recall.decidedBy })}
              </Text>
              <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
                {t('campaigns.endedReason', { reason: recall.reason })}
              </Text>
            </div>
            <Badge color={recall.reversedAt === null ? 'red' : 'gray'} variant="light" tt="none">
              {t(recall.reversedAt === null ? 'recalls.inForce' : 'recalls.reversed')}
            </Badge>
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}
