import { Card, Image, SegmentedControl, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail } from '#contracts';
import { localeOf, localised } from '../../shared/localised';
import { FORMATS, type PictureFormat, ASPECT_RATIOS } from '../../shared/picture-formats';
import { artworkAddress } from './campaign';

const PdfPages = lazy(() => import('../../shared/PdfPages'));

interface ArtworkProps {
  readonly version: CampaignVersionDetail;
  readonly artworkKey: string;
  readonly locale: string;
  readonly partnerId: string;
  readonly partnerName: string;
}

/**
 * Pages of a document with suggested texts, and the logo of a partner or of the
 * sample.
 */
export function DocumentPreview(props: ArtworkProps) {
  return (
    <Suspense fallback={<Skeleton height={620} />}>
      <PdfPages src={artworkAddress(props.version, props, `documents/${props.artworkKey}.pdf`)} />
    </Suspense>
  );
}

/** A post: its text, and its picture in each size. */
export function PostPreview(props: ArtworkProps) {
  const { t } = useTranslation();
  const [shape, setShape] = useState<PictureFormat>('landscape');
  const { version, artworkKey, locale, partnerName } = props;
  const text = version.tactics.social.find(({ key }) => key === artworkKey)?.text ?? {};
  return (
    <Stack align="flex-start">
      <SegmentedControl
        aria-label={t('version.format')}
        value={shape}
        onChange={(value) => setShape(value)}
        data={FORMATS.map((value) => ({ value, label: t(`assets.format.${value}`) }))}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} w="100%">
        <Card withBorder>
          <Card.Section>
            <Image
              src={artworkAddress(version, props, `social/${artworkKey}/${shape}.jpg`)}
              alt={t('version.picture', { post: artworkKey })}
              style={{ aspectRatio: ASPECT_RATIOS[shape] }}
            />
          </Card.Section>
          <Text size="sm" mt="md" lang={localeOf(text, locale)} style={{ whiteSpace: 'pre-line' }}>
            {localised(text, locale).replaceAll('{{partner.name}}', partnerName)}
          </Text>
        </Card>
      </SimpleGrid>
    </Stack>
  );
}
