import { Anchor, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { ActivationView, LeadView, Offers, OfferView } from '#contracts';
import { useSession } from '../../app/session';
import { get } from '../../shared/api';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { Loaded, Page } from '../../shared/Page';
import { PreviewOf } from '../../shared/PreviewOf';
import { NextAction } from './NextAction';
import { RunningCard } from './RunningCard';

/** A partner's home: one next action, what runs, and what it could run, in its own brand. */
export function HomeScreen() {
  const { t } = useTranslation();
  const { user, organisation } = useSession();
  const offers = useQuery({ queryKey: ['offers'], queryFn: get<z.output<typeof Offers>>('/offers') });
  const activations = useQuery({
    queryKey: ['activations', 'home'],
    queryFn: get<{ items: ActivationView[] }>('/activations?limit=50'),
  });
  const leads = useQuery({ queryKey: ['leads', 'home'], queryFn: get<{ items: LeadView[] }>('/leads?limit=50') });
  const running = activations.data?.items.filter(({ status }) => status === 'active' || status === 'held') ?? [];
  const newLeads = leads.data?.items.filter(({ status }) => status === 'new').length ?? 0;
  return (
    <Page title={t('home.title', { name: user.name.split(' ')[0] ?? user.name })} lead={organisation?.name}>
      {offers.data !== undefined && activations.data !== undefined && (
        <NextAction offers={offers.data.items} running={running} newLeads={newLeads} />
      )}
      {running.length > 0 && (
        <Stack component="section" aria-labelledby="running">
          <Title order={2} id="running">
            {t('home.running')}
          </Title>
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
            {running.slice(0, 6).map((activation) => (
              <RunningCard key={activation.id} activation={activation} />
            ))}
          </SimpleGrid>
        </Stack>
      )}
      <Stack component="section" aria-labelledby="offers">
        <Title order={2} id="offers">
          {t('home.offers')}
        </Title>
        <Loaded query={offers} height={380}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty icon={IconSparkles} title={t('home.noOffers')}>
                {t('home.noOffersText')}
              </Empty>
            ) : (
              <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
                {items.map((offer) => (
                  <OfferCard
                    key={offer.versionId}
                    offer={offer}
                    running={running.find(({ campaignId }) => campaignId === offer.campaignId)}
                  />
                ))}
              </SimpleGrid>
            )
          }
        </Loaded>
      </Stack>
    </Page>
  );
}

interface OfferCardProps {
  readonly offer: OfferView;
  /** The activation of this campaign that runs already; whoever got it does not get it again. */
  readonly running: ActivationView | undefined;
}

function OfferCard({ offer, running }: OfferCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { versionId, title, summary, cover, closesOn } = offer;
  return (
    <Card withBorder padding="md" className="offer-card">
      <Card.Section withBorder inheritPadding={false}>
        {cover !== null && (
          <PreviewOf
            still
            title={t('home.cover', { title })}
            path={`/offers/${versionId}/preview/emails/${cover}.html`}
            layoutWidth={640}
            height={250}
          />
        )}
      </Card.Section>
      <Stack gap="xs" mt="md" h="100%" justify="space-between">
        <div>
          <Title order={3}>{title}</Title>
          <Text size="sm" c="dimmed" lineClamp={3} mt={4}>
            {summary}
          </Text>
        </div>
        <Group justify="space-between" mt="xs" wrap="nowrap">
          {running === undefined ? (
            <Text size="xs" c="dimmed">
              {t('home.until', { day: format.day(closesOn) })}
            </Text>
          ) : (
            <Anchor component={Link} to={`/activations/${running.id}`} size="sm">
              {t(running.status === 'held' ? 'home.heldSince' : 'home.runningSince', {
                at: format.moment(running.launchedAt),
              })}
            </Anchor>
          )}
          <Button
            component={Link}
            to={`/offers/${versionId}`}
            variant={running === undefined ? 'filled' : 'default'}
            aria-label={t('home.reviewOne', { title })}
          >
            {t('home.review')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
