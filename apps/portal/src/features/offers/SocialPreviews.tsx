import { Box, Card, Group, Image, Loader, SegmentedControl, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { postForBlob } from '../../shared/api';
import { dataUrl } from '../../shared/data-url';
import { localeOf, localised } from '../../shared/localised';
import { FORMATS, type PictureFormat, ASPECT_RATIOS } from '../../shared/picture-formats';
import { ProblemNote } from '../../shared/ProblemNote';
import type { EditableOffer } from './slot-texts';
import { useSlotBoxes } from './slot-boxes';
import { SlotOverlay } from './SlotOverlay';
import { textsForTactic } from './slots';

/**
 * Shows a partner every post: its text, and its picture in the selected format.
 */
export function SocialPreviews(props: EditableOffer) {
  const { t } = useTranslation();
  const [format, setFormat] = useState<PictureFormat>('landscape');
  return (
    <Stack align="flex-start">
      <SegmentedControl
        aria-label={t('version.format')}
        value={format}
        onChange={(value) => setFormat(value)}
        data={FORMATS.map((value) => ({ value, label: t(`assets.format.${value}`) }))}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} w="100%">
        {props.offer.social.map((post, at) => (
          <Card key={post.key} withBorder component="article" aria-label={post.key}>
            <Card.Section>
              <PostPicture {...props} postKey={post.key} number={at + 1} format={format} />
            </Card.Section>
            <Text size="sm" mt="md" lang={localeOf(post.texts, props.locale)} style={{ whiteSpace: 'pre-line' }}>
              {localised(post.texts, props.locale)}
            </Text>
            <Group gap={6} mt="xs" wrap="nowrap" c="dimmed">
              <IconLink size={16} aria-hidden style={{ flexShrink: 0 }} />
              <Text size="xs">{t('review.postLink')}</Text>
            </Group>
          </Card>
        ))}
      </SimpleGrid>
    </Stack>
  );
}

interface PostPictureProps extends EditableOffer {
  readonly postKey: string;
  readonly number: number;
  readonly format: PictureFormat;
}

function PostPicture({ offer, locale, words, own, postKey, number, format }: PostPictureProps) {
  const { t } = useTranslation();
  const places = useSlotBoxes(offer.versionId, locale);
  const place = places.data?.pictures.find((one) => one.key === postKey && one.format === format);
  const path = `/offers/${offer.versionId}/preview/social/${postKey}/${format}`;
  const body = { locale, slots: textsForTactic(`social.${postKey}`, offer.slots, words) };
  const picture = useQuery({
    queryKey: ['post-picture', path, body],
    queryFn: async ({ signal }) => dataUrl(await postForBlob(path, body, signal)),
    // The last picture of the same format stays while the next is rendered.
    placeholderData: (before, query) => (query?.queryKey[1] === path ? before : undefined),
    staleTime: 60_000,
    gcTime: 60_000,
  });
  if (picture.error !== null)
    return <ProblemNote error={picture.error} again={{ ask: () => picture.refetch(), isAsking: picture.isFetching }} />;
  if (places.error !== null)
    return <ProblemNote error={places.error} again={{ ask: () => places.refetch(), isAsking: places.isFetching }} />;
  if (picture.data === undefined)
    return <Skeleton radius={0} style={{ aspectRatio: ASPECT_RATIOS[format], height: 'auto' }} />;
  return (
    <Box pos="relative" aria-busy={picture.isPlaceholderData}>
      {picture.isPlaceholderData && <Loader size="xs" pos="absolute" top={8} right={8} aria-hidden />}
      <Image
        src={picture.data}
        alt={t('review.postPicture', { number })}
        style={{ aspectRatio: ASPECT_RATIOS[format] }}
      />
      {place !== undefined && <SlotOverlay geometry={place} slots={place.slots} words={own} />}
    </Box>
  );
}
