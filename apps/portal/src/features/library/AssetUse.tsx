import { Anchor, Badge, Button, Group, List, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AssetUses, LibraryAsset, ReplacedAssets } from '#contracts';
import { localised } from '../../shared/localised';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { queryKeys } from '../../shared/query-keys';
import { useCan } from '../../shared/session';
import { useTranslateCode } from '../../shared/translate-code';
import { replaceIn, useAssetUses } from './api';
import { campaignsToReplace } from './campaigns-to-replace';

/** The videos whose poster it is, the campaigns that have a copy, and "Replace everywhere". */
export function AssetUse({ asset }: { readonly asset: LibraryAsset }) {
  const { t } = useTranslation();
  const uses = useAssetUses(asset.id);
  return (
    <Loaded query={uses} height={120}>
      {({ items, videos }) =>
        items.length + videos.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('library.use.none')}
          </Text>
        ) : (
          <Stack>
            {videos.length > 0 && (
              <Stack gap={4}>
                <Text size="sm">{t('library.use.posterOf', { count: videos.length })}</Text>
                <List size="sm">
                  {videos.map(({ id, title }) => (
                    <List.Item key={id}>
                      <bdi>{title}</bdi>
                    </List.Item>
                  ))}
                </List>
              </Stack>
            )}
            <List size="sm" spacing="xs">
              {items.map((use) => (
                <UseLine key={`${use.campaignId} ${use.number} ${use.path}`} use={use} />
              ))}
            </List>
            <Replace asset={asset} uses={items} />
          </Stack>
        )
      }
    </Loaded>
  );
}

function UseLine({
  use: { campaignId, title, number, status, path, isCurrent },
}: {
  readonly use: AssetUses['items'][number];
}) {
  const { t, i18n } = useTranslation();
  return (
    <List.Item>
      <Group gap="xs">
        <Anchor size="sm" component={Link} to={`/campaigns/${campaignId}`}>
          {localised(title, i18n.language)}
        </Anchor>
        <Text size="sm">
          {number === null
            ? t('library.use.changes')
            : t('library.use.version', { number, status: t(`status.${status as 'draft'}`) })}
        </Text>
        {!isCurrent && (
          <Badge size="sm" color="yellow" variant="light">
            {t('library.use.earlier')}
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {path}
      </Text>
    </List.Item>
  );
}

interface ReplaceProps {
  readonly asset: LibraryAsset;
  readonly uses: AssetUses['items'];
}

function Replace({ asset, uses }: ReplaceProps) {
  const { t } = useTranslation();
  const can = useCan();
  const client = useQueryClient();
  const [done, setDone] = useState<ReplacedAssets['items'] | null>(null);
  const outdated = campaignsToReplace(uses);
  const [total, setTotal] = useState(0);
  const [asked, setAsked] = useState(0);
  const replace = useMutation({
    // Each campaign is compiled: one request for all could take minutes.
    mutationFn: async (campaignIds: readonly string[]) => {
      setDone([]);
      setTotal(campaignIds.length);
      for (const [at, campaignId] of campaignIds.entries()) {
        setAsked(at);
        const { items } = await replaceIn(asset.id, campaignId);
        setDone((before) => [...(before ?? []), ...items]);
      }
    },
    // What was replaced before an error counts, too.
    onSettled: async () => {
      await Promise.all(
        [queryKeys.library, queryKeys.campaigns, ['campaign'], ['draft-files']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
  if (!can('campaigns.edit') || (outdated.length === 0 && done === null)) return null;
  return (
    <Stack gap="xs">
      {outdated.length > 0 && (
        <>
          <Text size="sm">{t('library.use.replaceWhy')}</Text>
          <Group>
            <Button variant="light" loading={replace.isPending} onClick={() => replace.mutate(outdated)}>
              {t('library.use.replace')}
            </Button>
          </Group>
        </>
      )}
      {replace.isPending && total > 1 && (
        <>
          <Text size="sm">{t('library.use.progress', { done: asked, total })}</Text>
          <Progress value={(asked / total) * 100} aria-label={t('library.use.replace')} animated />
        </>
      )}
      <ProblemNote error={replace.error} />
      <div role="status">{done !== null && (done.length > 0 || replace.isSuccess) && <Replaced items={done} />}</div>
    </Stack>
  );
}

function Replaced({ items }: { readonly items: ReplacedAssets['items'] }) {
  const { t, i18n } = useTranslation();
  const translateCode = useTranslateCode();
  if (items.length === 0) return <Text size="sm">{t('library.use.nothingToReplace')}</Text>;
  return (
    <List size="sm">
      {items.map(({ campaignId, title, outcome, number, reason, code }) => (
        <List.Item key={campaignId}>
          <Anchor size="sm" component={Link} to={`/campaigns/${campaignId}`}>
            {localised(title, i18n.language)}
          </Anchor>
          :{' '}
          {outcome === 'refused'
            ? translateCode('problems', code ?? '', reason ?? '')
            : t(`library.use.${outcome}`, { number })}
        </List.Item>
      ))}
    </List>
  );
}
