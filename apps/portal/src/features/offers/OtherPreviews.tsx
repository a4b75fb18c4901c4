import { Anchor, Card, Group, Image, Paper, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferDetail } from '#contracts';
import { PreviewOf } from '../../shared/PreviewOf';

const PdfPages = lazy(() => import('../../shared/PdfPages'));

interface OfferProps {
  readonly offer: OfferDetail;
  readonly locale: string;
}

const address = ({ versionId }: OfferDetail, path: string, locale: string) =>
  `/api/v1/offers/${versionId}/preview/${path}?locale=${encodeURIComponent(locale)}`;

export function PagePreview({ offer, locale }: OfferProps) {
  const { t } = useTranslation();
  return offer.pages.map(({ key }) => (
    <Paper key={key} withBorder style={{ overflow: 'hidden' }}>
      <PreviewOf
        title={t('review.pageFrame')}
        path={address(offer, `pages/${key}.html`, locale).replace('/api/v1', '')}
        layoutWidth={1000}
        height={700}
      />
    </Paper>
  ));
}

export function DocumentPreviews({ offer, locale }: OfferProps) {
  const { t } = useTranslation();
  return (
    <Stack>
      {offer.documents.map(({ key, title }) => {
        const src = address(offer, `documents/${key}.pdf`, locale);
        return (
          <Stack key={key} gap="sm">
            <Group justify="space-between">
              <Title order={3}>{title}</Title>
              <Anchor href={src} download={`${key}.pdf`} size="sm">
                <Group gap={4} wrap="nowrap">
                  <IconDownload size={16} aria-hidden />
                  {t('review.download')}
                </Group>
              </Anchor>
            </Group>
            <Suspense fallback={<Skeleton height={620} />}>
              <PdfPages src={src} />
            </Suspense>
          </Stack>
        );
      })}
    </Stack>
  );
}

export function SocialPreviews({ offer, locale }: OfferProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {offer.social.map(({ key, text }, at) => (
        <Card key={key} withBorder>
          <Card.Section>
            <Image
              src={address(offer, `social/${key}/landscape.jpg`, locale)}
              alt={t('review.postPicture', { number: at + 1 })}
              loading="lazy"
              style={{ aspectRatio: '1200 / 628' }}
            />
          </Card.Section>
          <Text size="sm" mt="md" style={{ whiteSpace: 'pre-line' }}>
            {text}
          </Text>
        </Card>
      ))}
    </SimpleGrid>
  );
}
