import { Anchor, Badge, Button, Group, List, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AssetUses, LibraryAsset, ReplacedAssets } from '#contracts';
import { localised } from '../../shared/localised';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { queryKeys } from '../../shared/query-keys';
import { useCan } from '../../shared/session';
import { useTranslateCode } from '../../shared/translate-code';
import { replaceEverywhere, useAssetUses } from './api';

/** The campaigns that have a copy, and "Replace everywhere". */
export function AssetUse({ asset }: { readonly asset: LibraryAsset }) {
  const { t } = useTranslation();
  const uses = useAssetUses(asset.id);
  return (
    <Loaded query={uses} height={120}>
      {({ items }) =>
        items.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('library.use.none')}
          </Text>
        ) : (
          <Stack>
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
  const replace = useMutation({
    mutationFn: () => replaceEverywhere(asset.id),
    onSuccess: async () => {
      await Promise.all(
        [queryKeys.library, queryKeys.campaigns, ['campaign'], ['draft-files']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
  const isOutdated = uses.some(({ isCurrent }) => !isCurrent);
  if (!can('campaigns.edit') || (!isOutdated && replace.data === undefined)) return null;
  return (
    <Stack gap="xs">
      {isOutdated && (
        <>
          <Text size="sm">{t('library.use.replaceWhy')}</Text>
          <Group>
            <Button variant="light" loading={replace.isPending} onClick={() => replace.mutate()}>
              {t('library.use.replace')}
            </Button>
          </Group>
        </>
      )}
      <ProblemNote error={replace.error} />
      <div role="status">{replace.data !== undefined && <Replaced items={replace.data.items} />}</div>
    </Stack>
  );
}

function Replaced({ items }: Pick<ReplacedAssets, 'items'>) {
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
