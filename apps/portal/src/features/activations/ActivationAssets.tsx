import { Anchor, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Assets } from '#contracts';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { PostCard } from '../../shared/PostCard';
import { useActivationAssets } from './api';

interface ActivationAssetsProps {
  readonly activationId: string;
  readonly pageUrl: string;
  /** Launch language of the activation. */
  readonly locale: string;
}

type Asset = z.output<typeof Assets>['items'][number];

/**
 * Shows a partner the co-branded documents to download and the posts to copy.
 */
export function ActivationAssets({ activationId, pageUrl, locale }: ActivationAssetsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [chosen, setChosen] = useState(locale);
  const assets = useActivationAssets(activationId, {
    refetchInterval: ({ state }) => ((state.data?.coming ?? 0) > 0 ? 2_000 : false),
  });
  const address = ({ id }: Asset) => `/api/v1/activations/${activationId}/assets/${id}`;
  return (
    <Loaded query={assets} height={160}>
      {({ items, coming }) => {
        const locales = [...new Set(items.map((asset) => asset.locale))].sort(
          (a, b) => Number(b === locale) - Number(a === locale),
        );
        // The launch language is preselected.
        // A campaign may have no artwork in that language.
        const shown = locales.includes(chosen) ? chosen : locales[0];
        const inLanguage = items.filter((asset) => asset.locale === shown);
        return (
          <Stack gap="sm">
            {locales.length > 1 && (
              <NativeSelect
                label={t('review.locale')}
                value={shown}
                onChange={(event) => setChosen(event.currentTarget.value)}
                data={locales.map((tag) => ({ value: tag, label: format.language(tag) }))}
              />
            )}
            {inLanguage
              .filter(({ kind }) => kind === 'document')
              .map((asset) => (
                <Anchor key={asset.id} href={address(asset)} download>
                  <Group gap={6} wrap="nowrap">
                    <IconFileText size={18} aria-hidden />
                    {asset.title} (PDF)
                  </Group>
                </Anchor>
              ))}
            {posts(inLanguage).map(([first, ...others]) => (
              <PostCard
                key={`${first.key} ${first.locale}`}
                postKey={first.key}
                link={pageUrl}
                text={first.postText === null ? null : `${first.postText}\n${pageUrl}`}
                pictures={[first, ...others].map((asset) => ({ address: address(asset), format: asset.format }))}
              />
            ))}
            {coming > 0 && (
              <Text size="sm" c="dimmed" role="status">
                {t(items.length === 0 ? 'assets.coming' : 'assets.moreComing', { count: coming })}
              </Text>
            )}
          </Stack>
        );
      }}
    </Loaded>
  );
}

/** Groups pictures by post, the landscape format first. */
function posts(items: readonly Asset[]): (readonly [Asset, ...Asset[]])[] {
  const social = items
    .filter(({ kind }) => kind === 'social')
    .sort((a, b) => a.key.localeCompare(b.key) || a.format.localeCompare(b.format));
  return [...new Set(social.map(({ key, locale }) => `${key} ${locale}`))].flatMap((post) => {
    const [first, ...others] = social.filter(({ key, locale }) => `${key} ${locale}` === post);
    return first === undefined ? [] : [[first, ...others] as const];
  });
}
