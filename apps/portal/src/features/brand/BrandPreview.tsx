import { Center, NativeSelect, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { BrandProfile, EmailPreview } from '#contracts';
import { call } from '../../shared/api';
import { useFormat } from '../../shared/format';
import { Preview } from '../../shared/Preview';
import { ProblemNote } from '../../shared/ProblemNote';
import type { Edit } from './brand-values';
import { useOffers } from '../../shared/requests';

/** Debounce of the preview. */
const PAUSE_MS = 400;
const HEIGHT = 640;

interface BrandPreviewProps {
  readonly profile: BrandProfile;
  /** Current form values; null until the form is loaded. */
  readonly written: Edit | null;
}

/**
 * Shows a partner a real e-mail with the unsaved profile, in any language of
 * its campaign.
 */
export function BrandPreview({ profile, written }: BrandPreviewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [locale, setLocale] = useState<string | null>(null);
  const offers = useOffers();
  const offer = offers.data?.items.find(({ cover }) => cover !== null);
  return (
    <Stack gap="sm" style={{ position: 'sticky', top: 84 }}>
      <Title order={2}>{t('brand.preview')}</Title>
      <Text size="sm" c="dimmed">
        {offer === undefined ? t('brand.noPreview') : t('brand.previewText', { title: offer.title })}
      </Text>
      {offer !== undefined && offer.locales.length > 1 && (
        <NativeSelect
          label={t('review.locale')}
          value={locale ?? offer.locale}
          onChange={(event) => setLocale(event.currentTarget.value)}
          data={offer.locales.map((tag) => ({ value: tag, label: format.language(tag) }))}
        />
      )}
      {offer !== undefined && (
        <Mail
          path={`/offers/${offer.versionId}/preview/emails/${offer.cover ?? ''}`}
          version={profile.version}
          locale={locale ?? offer.locale}
          written={written}
        />
      )}
    </Stack>
  );
}

interface MailProps extends Pick<BrandPreviewProps, 'written'> {
  readonly path: string;
  readonly locale: string;
  /** Of the saved profile. */
  readonly version: number;
}

/**
 * Shows the last e-mail while the next is rendered, and while a colour is
 * incomplete.
 */
function Mail({ path, version, locale, written }: MailProps) {
  const { t } = useTranslation();
  const [settled] = useDebouncedValue(written, PAUSE_MS);
  const isWhole = Object.values(settled?.colours ?? {}).every((colour) => /^#[0-9a-f]{6}$/i.test(colour));
  const mail = useQuery({
    queryKey: ['brand-preview', path, version, locale, settled],
    queryFn: ({ signal }) =>
      call<z.output<typeof EmailPreview>>('POST', path, {
        body: { locale, ...(settled === null ? {} : { brand: shownOf(settled) }) },
        signal,
      }),
    placeholderData: keepPreviousData,
    enabled: isWhole,
  });
  return (
    <Paper withBorder style={{ overflow: 'hidden' }}>
      {mail.error !== null && (
        <Center p="md">
          <ProblemNote error={mail.error} />
        </Center>
      )}
      {mail.data === undefined ? (
        mail.error === null && <Skeleton height={HEIGHT} radius={0} />
      ) : (
        <Preview title={t('review.emailFrame')} html={mail.data.html} layoutWidth={640} height={HEIGHT} />
      )}
    </Paper>
  );
}

/** The fields that an e-mail shows. */
const shownOf = ({ name, legalName, legalLine, postalAddress, website, contact, colours, locales }: Edit) => ({
  name,
  legalName,
  legalLine,
  postalAddress,
  website,
  contact,
  colours,
  locales,
});
