import { Box, SegmentedControl, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../shared/format';
import { ProblemNote } from '../../../shared/ProblemNote';
import { artworkAddress } from '../campaign';
import { documentDifferences, type PictureDifference, pictureDifference } from './picture-difference';
import type { ComparisonProps } from './VisualChanges';

const FORMATS = ['landscape', 'square', 'story'] as const;

/**
 * Compares the pages of a document, or the sizes of a post: before, after, and
 * differences in red.
 */
export default function PictureComparison({ before, after, tactic: { kind, key }, ...choice }: ComparisonProps) {
  const { t } = useTranslation();
  const [shape, setShape] = useState<(typeof FORMATS)[number]>('landscape');
  const file = kind === 'documents' ? `documents/${key}.pdf` : `social/${key}/${shape}.jpg`;
  const [older, newer] = [artworkAddress(before, choice, file), artworkAddress(after, choice, file)];
  const compared = useQuery({
    queryKey: ['picture-difference', older, newer],
    queryFn: async () =>
      kind === 'documents' ? documentDifferences(older, newer) : [await pictureDifference(older, newer)],
    staleTime: 60_000,
    retry: false,
  });
  return (
    <Stack>
      {kind === 'social' && (
        <SegmentedControl
          aria-label={t('version.format')}
          style={{ alignSelf: 'flex-start' }}
          value={shape}
          onChange={setShape}
          data={FORMATS.map((value) => ({ value, label: t(`assets.format.${value}`) }))}
        />
      )}
      <ProblemNote error={compared.error} />
      {compared.data === undefined && compared.error === null && <Skeleton height={420} />}
      {compared.data?.map((difference, at) => (
        <OnePicture
          key={at}
          name={kind === 'documents' ? t('boxes.pageNumber', { number: at + 1 }) : t(`assets.format.${shape}`)}
          numbers={[before.number, after.number]}
          compared={difference}
        />
      ))}
    </Stack>
  );
}

interface OnePictureProps {
  readonly name: string;
  readonly numbers: readonly [number, number];
  readonly compared: PictureDifference;
}

function OnePicture({ name, numbers, compared: { before, after, difference, share } }: OnePictureProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const pictures = [
    { label: t('campaigns.version', { number: numbers[0] }), src: before },
    { label: t('campaigns.version', { number: numbers[1] }), src: after },
    { label: t('compare.differences'), src: share === 0 ? null : difference },
  ];
  return (
    <Stack gap="xs" component="section" aria-label={name}>
      <Title order={2} size="h4">
        {name}
      </Title>
      <Text size="sm" c="dimmed">
        {share === 0
          ? t('compare.pictureSame')
          : t('compare.pictureDiffers', { share: differing(share, format.share) })}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        {pictures.map(
          ({ label, src }) =>
            src !== null && (
              <Stack key={label} gap={4}>
                <Text size="sm" fw={600}>
                  {label}
                </Text>
                <Box
                  component="img"
                  src={src}
                  alt={t('compare.picture', { name, what: label })}
                  style={{ width: '100%', border: '1px solid var(--mantine-color-default-border)' }}
                />
              </Stack>
            ),
        )}
      </SimpleGrid>
    </Stack>
  );
}

const SMALLEST_SHARE = 0.001;
/** A single differing pixel must not read as 0 %. */
const differing = (share: number, inWords: (share: number) => string): string =>
  share < SMALLEST_SHARE ? `< ${inWords(SMALLEST_SHARE)}` : inWords(share);
