import { Button, Group, Stack, Text } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail } from '#contracts';
import { useCan } from '../../shared/session';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { isEditable } from './campaign';
import { checkLinks } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

/** Poll interval while links are checked. */
const LOOK_AGAIN_MS = 1_500;

/**
 * Shows a vendor when links were last checked, and checks them again.
 * A corrected page needs no new upload.
 */
export function LinkCheck({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const client = useQueryClient();
  const { campaignId, number, linkCheckRequestedAt, linksCheckedAt } = version;
  const ask = useMutation({
    mutationFn: () => checkLinks(campaignId, number),
    onSuccess: () => client.invalidateQueries(),
  });
  const isWaiting = linkCheckRequestedAt !== null && (linksCheckedAt === null || linksCheckedAt < linkCheckRequestedAt);
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(() => void invalidate(client, queryKeys.campaignVersions), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isWaiting, client]);
  if (!isEditable(version)) return null;
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Text size="sm" c="dimmed" role="status">
          {isWaiting
            ? t('version.linksAsked')
            : linksCheckedAt === null
              ? t('version.linksNever')
              : t('version.linksChecked', { at: format.moment(linksCheckedAt) })}
        </Text>
        {can('campaigns.submit') && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconLink size={14} aria-hidden />}
            loading={ask.isPending}
            onClick={() => ask.mutate()}
          >
            {linksCheckedAt === null ? t('version.checkLinks') : t('version.checkLinksAgain')}
          </Button>
        )}
      </Group>
      <ProblemNote error={ask.error} />
    </Stack>
  );
}
