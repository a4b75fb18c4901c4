import { Alert, Anchor, Button, Group, List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type ActivationDetail, withSource } from '#contracts';
import { useCan } from '../../shared/session';
import { emailsSent } from './emails-sent';
import { Figure } from '../../shared/Figure';
import { useFormat } from '../../shared/format';
import { linkText } from '../../shared/leads/link-text';
import { GoalList } from '../../shared/GoalList';
import { useFreshNumbers } from '../../shared/number-age';
import { Loaded, Page } from '../../shared/Page';
import { useTranslateCode } from '../../shared/translate-code';
import { useReaderTitle } from '../../shared/reader-title';
import { StatusBadge } from '../../shared/StatusBadge';
import { ActivationLeadRule } from './ActivationLeadRule';
import { ActivationResults } from './ActivationResults';
import { ActivationPosts } from './ActivationPosts';
import { ActivationAssets } from './ActivationAssets';
import { ActivationCalendar } from './ActivationCalendar';
import { ActivationExperiments } from './ActivationExperiments';
import { ActivationControls } from './ActivationControls';
import { ChangeOptions } from './ChangeOptions';
import { EndedByVendor } from './EndedByVendor';
import { RecalledByVendor } from './RecalledByVendor';
import { FirstEmails } from './FirstEmails';
import { OpenToNew } from './OpenToNew';
import { VersionChange } from './VersionChange';
import { PeopleList } from './PeopleList';
import { SourceTable } from './SourceTable';
import { StepTable } from './StepTable';
import { WebsiteEmbeds } from './WebsiteEmbeds';
import { isNothingSent } from '../../shared/undo-launch';
import { EndingPartnership, VendorActNote } from './VendorActNote';
import { useActivation } from '../../shared/requests';
import { useActivationDates } from './api';

export function ActivationScreen() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const readerTitle = useReaderTitle();
  const activation = useActivation(id, useFreshNumbers());
  return (
    <Page
      title={activation.data === undefined ? t('activation.title') : readerTitle(activation.data)}
      {...(activation.data === undefined
        ? {}
        : { lead: t('activation.ofVendor', { vendor: activation.data.vendorName }) })}
      {...(activation.data === undefined ? {} : { actions: <ActivationControls activation={activation.data} /> })}
    >
      <Loaded query={activation} height={560}>
        {(loaded) => <Running activation={loaded} />}
      </Loaded>
    </Page>
  );
}

/**
 * Says that the vendor or operator halted sending, so that the partner does not
 * search for a mistake of their own.
 */
function Halted({ activation: { haltedSince } }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  if (haltedSince === null) return null;
  return (
    <Alert color="yellow" title={t('activation.halted')}>
      <Text size="sm">
        {t('activation.haltedText', { at: format.moment(haltedSince) })}{' '}
        {can('brand.read') && (
          <Anchor component={Link} to="/sending" size="sm">
            {t('activation.haltedGo')}
          </Anchor>
        )}
      </Text>
    </Alert>
  );
}

function Running({ activation }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <>
      <Status activation={activation} />
      <EndedByVendor activation={activation} />
      <RecalledByVendor activation={activation} />
      <VendorActNote activation={activation} />
      <EndingPartnership activation={activation} />
      <Halted activation={activation} />
      <Undone activation={activation} />
      {activation.lists.include.length > 0 && <FirstEmails activation={activation} />}
      <OpenToNew activation={activation} />
      <LastPostponement activation={activation} />
      <VersionChange activation={activation} />
      <ActivationResults activation={activation} />
      <Counts activation={activation} />
      <Anchor component={Link} to={`/results/${activation.campaignId}?period=start`} size="sm">
        {t('activation.results')}
      </Anchor>
      <ActivationExperiments activation={activation} />
      <ActivationPosts activationId={activation.id} />
      <div className="activation-parts">
        <div>
          <Stack>
            <Title order={2}>{t('activation.steps')}</Title>
            <NextSend activation={activation} />
            <StepTable steps={activation.steps} names={activation.names} />
            <Reasons reasons={activation.reasons} />
            <SourceTable activation={activation} />
          </Stack>
        </div>
        <div className="activation-side">
          <Stack>
            <Foreseen activation={activation} />
            <ChangeOptions activation={activation} />
            <Material activation={activation} />
            <ActivationLeadRule activationId={activation.id} />
            <Clicks clicks={activation.clicks} />
          </Stack>
        </div>
        {can('contacts.read') && <PeopleList activation={activation} />}
      </div>
    </>
  );
}

/** Landing page, documents and posts. Nothing once the vendor ended it. */
function Material({ activation: { id, vendorEnd, pageUrl, locale } }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  if (vendorEnd !== null) return null;
  return (
    <>
      <Title order={2}>{t('activation.assets')}</Title>
      <LandingPageLink url={pageUrl} />
      <WebsiteEmbeds activationId={id} />
      <ActivationAssets activationId={id} pageUrl={withSource(pageUrl, 'post')} locale={locale} />
    </>
  );
}

/** Numbers of contacts and of sent messages. */
function Counts({ activation }: { readonly activation: ActivationDetail }) {
  const { contacts, waiting, completed } = activation;
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }}>
      <Figure label={t('activation.contacts')} value={format.number(contacts)} />
      <Figure label={t('activation.sent')} value={format.number(emailsSent(activation))} />
      <Figure label={t('activation.waiting')} value={format.number(waiting)} />
      <Figure label={t('activation.completed')} value={format.number(completed)} />
    </SimpleGrid>
  );
}

/** State of the activation, and who launched it when. */
function Status({ activation }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { status, statusReason, launchedAt, launchedBy, listName, lists } = activation;
  const leftOut = lists.exclude.map(({ name }) => name).join(', ');
  const launched = { at: format.moment(launchedAt), by: launchedBy };
  return (
    <Group gap="sm">
      <StatusBadge status={status} {...(statusReason === 'undone' ? { label: t('activations.undone') } : {})} />
      <Text size="sm" c="dimmed">
        {listName === ''
          ? t('activations.launchedOpen', launched)
          : t('activations.launchedTo', { list: listName, ...launched })}{' '}
        {leftOut !== '' && t('activations.leftOut', { lists: leftOut })}
      </Text>
      {status !== 'active' && <Text size="sm">{t(`activation.changed.${changedBy(status, statusReason)}`)}</Text>}
    </Group>
  );
}

function changedBy(status: 'held' | 'stopped' | 'completed', reason: string | null) {
  if (reason === 'recalled by the vendor') return 'recalled';
  if (reason === 'relay-consent') return 'relayConsent';
  if (reason === 'by the vendor' || reason === 'the vendor stopped this campaign of the partner')
    return status === 'held' ? 'vendorHeld' : 'vendorStopped';
  if (reason === 'the partnership ended') return 'partnership';
  if (reason === 'the last day that the vendor set has come') return 'lastDay';
  return reason?.includes('vendor') === true ? 'vendor' : status;
}

/** When the next messages are sent, and why some wait. Nothing while sending is halted. */
function NextSend({ activation: { nextAt, status, haltedSince, waits } }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const translateCode = useTranslateCode();
  if (nextAt === null || status !== 'active' || haltedSince !== null) return null;
  return (
    <Text size="sm" component="div">
      {t('activation.next', { at: format.moment(nextAt) })}
      {waits.map(({ reason, sentence, count }) => (
        <Text key={reason} size="sm" c="dimmed">
          {t('activation.waits', {
            count,
            number: format.number(count),
            sentence: translateCode('reasons', reason, sentence),
          })}
        </Text>
      ))}
    </Text>
  );
}

/** Reasons why contacts got nothing, with the number of contacts. */
function Reasons({ reasons }: Pick<ActivationDetail, 'reasons'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const translateCode = useTranslateCode();
  if (reasons.length === 0) return null;
  return (
    <>
      <Title order={2}>{t('activation.reasons')}</Title>
      <List size="sm" spacing={4}>
        {reasons.map(({ reason, sentence, count }) => (
          <List.Item key={reason}>
            {t('activation.reason', {
              people: t('activation.people', { count, number: format.number(count) }),
              sentence: translateCode('reasons', reason, sentence),
            })}
          </List.Item>
        ))}
      </List>
    </>
  );
}

function LandingPageLink({ url }: { readonly url: string }) {
  const { t } = useTranslation();
  return (
    <Anchor href={url} target="_blank" rel="noreferrer">
      <Group gap={6} wrap="nowrap">
        <IconExternalLink size={16} aria-hidden />
        {t('activation.page')}
      </Group>
    </Anchor>
  );
}

/** Clicks on each link. Nothing before the first click. */
function Clicks({ clicks }: Pick<ActivationDetail, 'clicks'>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (clicks.length === 0) return null;
  return (
    <>
      <Title order={2}>{t('activation.clicks')}</Title>
      <List size="sm" spacing={4}>
        {clicks.map(({ link, clicks: count }) => (
          <List.Item key={link.name}>
            {linkText(t, link)}: {format.number(count)}
          </List.Item>
        ))}
      </List>
    </>
  );
}

/**
 * Planned dates and progress towards goals.
 * Dates change with postponements and closed days, progress at any time.
 * Without a list, the dates of each person begin when the person enters. One
 * that was stopped or recalled has no dates any more.
 */
function Foreseen({
  activation: { id, contacts, names, lists, status, vendorEnd },
}: {
  readonly activation: ActivationDetail;
}) {
  const calendar = useActivationDates(id, { refetchInterval: 15_000 });
  return (
    <Loaded query={calendar} height={320}>
      {(loaded) => (
        <>
          <GoalList goals={loaded.goals} contacts={contacts} />
          {lists.include.length > 0 && status !== 'stopped' && vendorEnd === null && (
            <ActivationCalendar calendar={loaded} names={names} />
          )}
        </>
      )}
    </Loaded>
  );
}

/**
 * The last postponement.
 * Nothing for an activation that has ended.
 */
function LastPostponement({ activation: { status, postponements } }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const last = postponements.at(-1);
  if (last === undefined || (status !== 'active' && status !== 'held')) return null;
  return (
    <Text size="sm">
      {t('postponement.last', { count: last.days, from: format.moment(last.from), until: format.moment(last.until) })}
    </Text>
  );
}

/** Offers a new launch after an undo. */
function Undone({ activation }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const isVendors = activation.statusReason?.includes('vendor') === true || activation.partnershipEnd !== null;
  if (activation.status !== 'stopped' || isVendors || !isNothingSent(activation)) return null;
  return (
    <Alert color="teal" title={t('undo.done')}>
      <Text size="sm" mb="sm">
        {t('undo.doneText')}
      </Text>
      <Button component={Link} to={`/offers/${activation.versionId}`} variant="default" size="xs">
        {t('undo.again')}
      </Button>
    </Alert>
  );
}
