import { Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { BrandProfile, Offers } from '#contracts';
import { get } from '../../shared/api';
import { PreviewOf } from '../../shared/PreviewOf';

/** A real e-mail with the profile as it is kept now. */
export function BrandPreview({ profile }: { readonly profile: BrandProfile }) {
  const { t } = useTranslation();
  const offers = useQuery({ queryKey: ['offers'], queryFn: get<z.output<typeof Offers>>('/offers') });
  const offer = offers.data?.items.find(({ cover }) => cover !== null);
  return (
    <Stack gap="sm" style={{ position: 'sticky', top: 84 }}>
      <Title order={2}>{t('brand.preview')}</Title>
      <Text size="sm" c="dimmed">
        {offer === undefined ? t('brand.noPreview') : t('brand.previewText', { title: offer.title })}
      </Text>
      {offer !== undefined && (
        <Paper withBorder style={{ overflow: 'hidden' }}>
          <PreviewOf
            title={t('review.emailFrame')}
            path={`/offers/${offer.versionId}/preview/emails/${offer.cover ?? ''}.html?profile=${profile.version}`}
            layoutWidth={640}
            height={640}
          />
        </Paper>
      )}
    </Stack>
  );
}
