import { Anchor, Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ActivationView, OfferView } from '#contracts';
import { useFormat } from '../../shared/format';
import { LazyOnView } from '../../shared/LazyOnView';
import { DocumentPreviewFrame } from '../../shared/DocumentPreviewFrame';
import { localeOf, localised } from '../../shared/localised';
import { useReaderTitle } from '../../shared/reader-title';

const COVER_HEIGHT = 250;

interface OfferCardProps {
  readonly offer: OfferView;
  /**
   * Running activation of this campaign.
   * Its contacts are not enrolled again.
   */
  readonly running: ActivationView | undefined;
  /** The activation of this campaign that finished last. */
  readonly finished: ActivationView | undefined;
}

/**
 * A campaign that a partner can launch, with its first e-mail in the partner's
 * brand.
 */
export function OfferCard({ offer, running, finished }: OfferCardProps) {
  const { t } = useTranslation();
  const { i18n } = useTranslation();
  const readerTitle = useReaderTitle();
  const { versionId, number, summary, summaries, vendorName } = offer;
  const title = readerTitle(offer);
  // Version ids are UUIDv7, so a larger one is newer.
  // A reopened older version is not.
  const isNewer = running !== undefined && versionId > running.versionId;
  return (
    <Card withBorder padding="md" className="offer-card">
      <Card.Section withBorder inheritPadding={false}>
        <Cover offer={offer} />
      </Card.Section>
      <Stack gap="xs" mt="md" h="100%" justify="space-between">
        <div>
          <Title order={3}>{title}</Title>
          <Text size="sm" fw={500}>
            {vendorName}
          </Text>
          {isNewer && (
            <Badge variant="light" tt="none" mt={4}>
              {t('home.newVersion', { number })}
            </Badge>
          )}
          <Text size="sm" c="dimmed" lineClamp={3} mt={4}>
            {localised(summaries, i18n.language) || summary}
          </Text>
        </div>
        <Group justify="space-between" mt="xs" wrap="nowrap">
          <RunningSince offer={offer} running={running} finished={finished} />
          <Button
            component={Link}
            to={`/offers/${versionId}`}
            variant={running === undefined ? 'filled' : 'default'}
            aria-label={t('home.reviewOne', { title })}
            style={{ flexShrink: 0 }}
          >
            {t('home.review')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

/** The first e-mail, still. */
function Cover({ offer }: Pick<OfferCardProps, 'offer'>) {
  const { t, i18n } = useTranslation();
  const readerTitle = useReaderTitle();
  const { versionId, titles, locales, cover } = offer;
  if (cover === null) return null;
  // Titles and copy are in the same languages; the partner’s own if the reader’s is none of them.
  const locale = localeOf(titles, i18n.language) ?? '';
  const query = locales.includes(locale) ? `?${new URLSearchParams({ locale }).toString()}` : '';
  return (
    <LazyOnView height={COVER_HEIGHT}>
      <DocumentPreviewFrame
        still
        title={t('home.cover', { title: readerTitle(offer) })}
        path={`/offers/${versionId}/preview/emails/${cover}.html${query}`}
        layoutWidth={640}
        height={COVER_HEIGHT}
      />
    </LazyOnView>
  );
}

/** Since when the campaign runs, or until when it ran or can be launched. */
function RunningSince({ offer, running, finished }: OfferCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (running === undefined && finished?.endedAt != null)
    return (
      <Anchor component={Link} to={`/activations/${finished.id}`} size="sm">
        {t('home.ranUntil', { at: format.moment(finished.endedAt) })}
      </Anchor>
    );
  if (running === undefined)
    return (
      <Text size="xs" c="dimmed">
        {t('home.until', { day: format.day(offer.closesOn) })}
      </Text>
    );
  return (
    <Anchor component={Link} to={`/activations/${running.id}`} size="sm">
      {t(running.status === 'held' ? 'home.heldSince' : 'home.runningSince', {
        at: format.moment(running.launchedAt),
      })}
    </Anchor>
  );
}
