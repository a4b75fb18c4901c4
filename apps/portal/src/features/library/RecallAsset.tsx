import { Alert, Anchor, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LibraryAsset, RecalledAsset } from '#contracts';
import { localised } from '../../shared/localised';
import { ReasonForm } from '../../shared/ReasonForm';
import { useCan } from '../../shared/session';
import { recallAsset, useAssetUses } from './api';

/** Recalls an asset wherever it is, and links to the reports. */
export function RecallAsset({ asset }: { readonly asset: LibraryAsset }) {
  const { t } = useTranslation();
  const can = useCan();
  const [isAsking, setAsking] = useState(false);
  const [done, setDone] = useState<RecalledAsset | null>(null);
  const uses = useAssetUses(asset.id).data?.items ?? [];
  const isShared = asset.share !== null && asset.withdrawn === null;
  const campaigns = new Map(uses.map(({ campaignId, title }) => [campaignId, title]));
  if (!can('campaigns.retire') || !can('assets.edit') || (!isShared && campaigns.size === 0 && done === null))
    return null;
  return (
    <Stack gap="xs">
      {done !== null && <Recalled recalled={done} titles={campaigns} />}
      <Text size="sm">{t('recalls.ofAsset.why')}</Text>
      <Group justify="flex-end">
        <Button color="red" variant="light" onClick={() => setAsking(true)}>
          {t('recalls.ofAsset.label')}
        </Button>
      </Group>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title={t('recalls.ofAsset.label')}>
        <ReasonForm
          about={`recall-asset ${asset.id}`}
          text={t('recalls.ofAsset.text')}
          action={t('recalls.ofAsset.label')}
          why={t('recalls.ofAsset.reasonWhy')}
          onSend={async (reason) => setDone(await recallAsset(asset.id, reason))}
          onSent={() => setAsking(false)}
          onBack={() => setAsking(false)}
        >
          <Alert color="red" title={t('recalls.extent')}>
            <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
              <bdi>{asset.title}</bdi>
            </Text>
            <Text size="sm">{t('recalls.ofAsset.campaigns', { count: campaigns.size })}</Text>
            <Text size="sm">{t(isShared ? 'recalls.ofAsset.shared' : 'recalls.ofAsset.notShared')}</Text>
          </Alert>
        </ReasonForm>
      </Modal>
    </Stack>
  );
}

interface RecalledProps {
  readonly recalled: RecalledAsset;
  /** By id of the campaign. */
  readonly titles: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

function Recalled({ recalled: { recalls }, titles }: RecalledProps) {
  const { t, i18n } = useTranslation();
  return (
    <Alert color="teal" role="status">
      <Text size="sm">{t('recalls.ofAsset.done', { count: recalls.length })}</Text>
      <List size="sm">
        {recalls.map(({ id, campaignId }) => (
          <List.Item key={id}>
            <Anchor size="sm" component={Link} to={`/campaigns/${campaignId}/recalls/${id}`}>
              {localised(titles.get(campaignId) ?? {}, i18n.language)}: {t('recalls.ofAsset.report')}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
