import { SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail } from '#contracts';
import { Loaded } from '../../../shared/Page';
import { useVersion } from '../campaign';
import { FileChanges } from './FileChanges';
import { VisualChanges } from './VisualChanges';

const WAYS = ['looks', 'files'] as const;

/**
 * Shows a vendor what a version changes against the previous one: visually, and
 * by file.
 */
export function VersionChanges({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const [way, setWay] = useState<(typeof WAYS)[number]>('looks');
  const { campaignId, number } = version;
  const before = useVersion(campaignId, number - 1);
  return (
    <Stack gap="lg">
      <SegmentedControl
        aria-label={t('compare.way')}
        style={{ alignSelf: 'flex-start' }}
        value={way}
        onChange={setWay}
        data={WAYS.map((value) => ({ value, label: t(`compare.ways.${value}`) }))}
      />
      {way === 'files' ? (
        <FileChanges campaignId={campaignId} number={number} />
      ) : (
        <Loaded query={before} height={560}>
          {(older) => <VisualChanges before={older} after={version} />}
        </Loaded>
      )}
    </Stack>
  );
}
