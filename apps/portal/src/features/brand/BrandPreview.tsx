import { Center, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { BrandProfile, EmailPreview, Offers } from '#contracts';
import { call, get } from '../../shared/api';
import { Preview } from '../../shared/Preview';
import { ProblemNote } from '../../shared/ProblemNote';

/** A pause in choosing after which the preview follows. */
const PAUSE_MS = 400;
const HEIGHT = 640;

interface BrandPreviewProps {
  readonly profile: BrandProfile;
  /** As they are chosen now; null while nobody has chosen any. */
  readonly colours: BrandProfile['colours'];
}

/** A real e-mail with the profile as it is kept now, in the colours that are chosen now. */
export function BrandPreview({ profile, colours }: BrandPreviewProps) {
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
        <Mail
          path={`/offers/${offer.versionId}/preview/emails/${offer.cover ?? ''}`}
          version={profile.version}
          colours={colours}
        />
      )}
    </Stack>
  );
}

interface MailProps extends Pick<BrandPreviewProps, 'colours'> {
  readonly path: string;
  /** Of the profile that is kept. */
  readonly version: number;
}

/** The mail before stays while the next is made, and while a colour is half written. */
function Mail({ path, version, colours }: MailProps) {
  const { t } = useTranslation();
  const [settled] = useDebouncedValue(colours, PAUSE_MS);
  const isWhole = Object.values(settled ?? {}).every((colour) => /^#[0-9a-f]{6}$/i.test(colour));
  const mail = useQuery({
    queryKey: ['brand-preview', path, version, settled],
    queryFn: ({ signal }) =>
      call<z.output<typeof EmailPreview>>('POST', path, {
        body: settled === null ? {} : { colours: settled },
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
