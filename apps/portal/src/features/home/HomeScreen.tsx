import { Anchor, Group, SimpleGrid, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ActivationView, WaitingLeads } from '#contracts';
import { useSession } from '../../shared/session';
import { useHasNoContacts } from '../../shared/has-no-contacts';
import { useOverdueDeals } from '../../shared/leads/overdue-deals';
import { Page } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { VendorTermsNote } from '../../shared/terms/VendorTermsNote';
import { FinishedCard } from './FinishedCard';
import { NextAction } from './NextAction';
import { OnboardingChecklist } from './OnboardingChecklist';
import { OfferGrid } from './OfferGrid';
import { RunningCard } from './RunningCard';
import { TierLines } from './TierLines';
import { useOffers, useVendors } from '../../shared/requests';
import { useActivations, useEndedActivations, useWaitingLeads, useWaitingPosts } from './api';

/** Further running campaigns are only on the activations page. */
const RUNNING_SHOWN = 6;
const FINISHED_SHOWN = 3;
const NO_LEADS: WaitingLeads = { new: 0, quiet: 0 };

/**
 * A partner's home: one next action, running activations, and available
 * campaigns in its own brand.
 */
export function HomeScreen() {
  const { t } = useTranslation();
  const { user, organisation } = useSession();
  const offers = useOffers();
  const activations = useActivations();
  const leads = useWaitingLeads();
  const overdueDeals = useOverdueDeals();
  const posts = useWaitingPosts();
  const hasNoContacts = useHasNoContacts();
  const ended = useEndedActivations();
  const vendors = useVendors();
  const running = activations.data?.items ?? [];
  const finished = finishedOf(ended.data?.items ?? []);
  return (
    <Page title={t('home.title', { name: user.name.split(' ')[0] ?? user.name })} lead={organisation?.name}>
      <ProblemNote error={activations.error} again={{ ask: activations.refetch, isAsking: activations.isFetching }} />
      {vendors.data?.items.map((vendor) => (
        <VendorTermsNote key={vendor.vendorId} vendor={vendor} />
      ))}
      <OnboardingChecklist />
      {offers.data !== undefined && activations.data !== undefined && hasNoContacts !== undefined && (
        <NextAction
          offers={offers.data.items}
          running={running}
          leads={leads.data ?? NO_LEADS}
          overdueDeals={overdueDeals.data?.count ?? 0}
          posts={posts.data?.count ?? 0}
          hasNoContacts={hasNoContacts}
        />
      )}
      <TierLines />
      {running.length > 0 && (
        <Stack component="section" aria-labelledby="running">
          <Group justify="space-between" align="baseline">
            <Title order={2} id="running">
              {t('home.running')}
            </Title>
            {running.length > RUNNING_SHOWN && (
              <Anchor component={Link} to="/activations" size="sm">
                {t('home.allRunning')}
              </Anchor>
            )}
          </Group>
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
            {running.slice(0, RUNNING_SHOWN).map((activation) => (
              <RunningCard key={activation.id} activation={activation} shown={RUNNING_SHOWN} />
            ))}
          </SimpleGrid>
        </Stack>
      )}
      <Finished activations={finished} />
      <OfferGrid running={running} finished={finished} />
    </Page>
  );
}

/** The campaigns that finished last. Nothing before the first. */
function Finished({ activations }: { readonly activations: readonly ActivationView[] }) {
  const { t } = useTranslation();
  if (activations.length === 0) return null;
  return (
    <Stack component="section" aria-labelledby="finished">
      <Title order={2} id="finished">
        {t('home.finished')}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {activations.slice(0, FINISHED_SHOWN).map((activation) => (
          <FinishedCard key={activation.id} activation={activation} />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

/** Completed activations, the one that ended last first. */
const finishedOf = (ended: readonly ActivationView[]): ActivationView[] =>
  ended
    .filter(({ status }) => status === 'completed')
    .toSorted((one, other) => (other.endedAt ?? '').localeCompare(one.endedAt ?? ''));
