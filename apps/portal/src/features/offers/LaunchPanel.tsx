import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DatesView, OfferDetail, StricterLeadRule } from '#contracts';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { useContactLists } from '../../shared/requests';
import { ServerConsents } from '../../shared/ServerConsents';
import { useCan } from '../../shared/session';
import { VendorTermsNote } from '../../shared/terms/VendorTermsNote';
import { TotalsSwitch } from '../../shared/TotalsSwitch';
import { useAudience } from './audience';
import { AudienceNote } from './AudienceNote';
import { type DateChoices, emailSpan } from './choices/choices';
import { DryRunDrawer } from './dry-run/DryRunDrawer';
import { EnterByDate } from './dry-run/EnterByDate';
import type { LaunchPlan } from './launch-plan';
import { Blockers } from './launch/Blockers';
import { HoldOutChoice } from './launch/HoldOutChoice';
import { useForecast } from './dry-run/forecast';
import { ListChoice } from './launch/ListChoice';
import { type Lists, plannedLists } from './launch/planned-lists';
import { LaunchSheet } from './launch/LaunchSheet';
import { TestNote } from './launch/TestNote';
import { StartChoice } from './launch/StartChoice';
import { useLaunch } from './launch/use-launch';
import { takesPeopleLater, waysWithoutList } from './launch/ways-in';
import type { SlotTexts } from './slot-texts';
import type { SlotNodes } from '../../shared/slot-nodes';
import type { Slot } from './slots';

/** Contacts up to which the exact forecast runs without being asked for. */
const FORECAST_AT_ONCE = 2_000;

interface LaunchPanelProps {
  readonly offer: OfferDetail;
  /** Dates of the current choices; undefined while loading. */
  readonly calendar: DatesView | undefined;
  readonly plan: LaunchPlan;
  readonly words: SlotTexts;
  readonly slots: Readonly<Record<string, SlotNodes>>;
  /** Slots with invalid texts. */
  readonly unfit: readonly Slot[];
  readonly choices: DateChoices;
  readonly onChoices: (choices: DateChoices) => void;
  /** The partner's stricter lead rule. */
  readonly stricter: StricterLeadRule;
}

/** Recipients, start and the launch button, for a partner. */
export function LaunchPanel(props: LaunchPanelProps) {
  const { t } = useTranslation();
  const lists = useContactLists();
  return (
    <Paper withBorder p="lg">
      <Stack>
        <Title order={2} size="h3">
          {t('launch.title')}
        </Title>
        <Loaded query={lists} height={180}>
          {({ items }) =>
            items.some(({ size }) => size > 0) ? (
              <LaunchForm {...props} lists={items} />
            ) : (
              <>
                <Text size="sm">{t(isOpenable(props.offer) ? 'launch.noContactsYet' : 'launch.noContacts')}</Text>
                <Button component={Link} to="/contacts/import" variant={isOpenable(props.offer) ? 'default' : 'filled'}>
                  {t('launch.import')}
                </Button>
                {isOpenable(props.offer) && <LaunchForm {...props} lists={items} />}
              </>
            )
          }
        </Loaded>
      </Stack>
    </Paper>
  );
}

/** People who are on no list can enter the campaign. */
const isOpenable = (offer: OfferDetail): boolean => waysWithoutList(offer) !== 'none';

/**
 * When the first e-mails are sent, as text; null while loading, or if no e-mail
 * has a date.
 */
function useFirstMailsText(calendar: DatesView | undefined): string | null {
  const { t } = useTranslation();
  const format = useFormat();
  if (calendar === undefined) return null;
  const span = emailSpan(calendar);
  return span === null
    ? null
    : t('launch.next', { at: format.moment(span.first, calendar.timeZone), zone: calendar.timeZone });
}

function LaunchForm({ lists, ...props }: LaunchPanelProps & { readonly lists: Lists }) {
  const { offer, calendar, plan, words, slots, unfit, choices, onChoices, stricter } = props;
  const { t } = useTranslation();
  const can = useCan();
  const { versionId, missing, vendor } = offer;
  const { locale, startAt } = plan;
  const planned = plannedLists(lists, plan);
  const { include, exclude, size } = planned;
  const isOpen = include.length === 0;
  const audience = useAudience(versionId, planned, choices.withoutHoldOut === true);
  /** Each contact once, also one on several lists. */
  const counted = !isOpen && audience.data?.isComplete === true ? audience.data : undefined;
  const firstMails = useFirstMailsText(calendar);
  const target = {
    lists: { include, exclude },
    locale,
    choices,
    ...(startAt === null ? {} : { startAt: new Date(startAt).toISOString() }),
  };
  const isForecast = isOpen ? offer.entersBy.includes('date') : size <= FORECAST_AT_ONCE;
  const forecast = useForecast(versionId, target, isForecast);
  const ways = waysWithoutList(offer);
  const launch = useLaunch({ ...target, versionId, slots, leadRule: stricter }, ways, plan.forget);
  const hasNoRecipients = !isOpen && audience.data?.isComplete === true && audience.data.willGet === 0;
  const lacking = vendor.servers.filter(({ consent }) => consent === null);
  const isPointless = isOpen ? ways === 'none' : hasNoRecipients && !takesPeopleLater(offer);
  const hasToAccept = vendor.terms?.isOverdue === true;
  const isBlocked = missing.length > 0 || unfit.length > 0 || lacking.length > 0 || hasToAccept || isPointless;
  return (
    <>
      <ListChoice lists={lists} plan={plan} planned={planned} canBeOpen={ways !== 'none'} />
      <StartChoice plan={plan} />
      {isOpen ? (
        <Text size="sm">{t(`launch.open.${ways}`)}</Text>
      ) : (
        <Loaded query={audience} height={90}>
          {(found) => (
            <AudienceNote
              audience={found}
              asked={audience}
              forecast={forecast.data}
              isLong={size > FORECAST_AT_ONCE}
              locale={locale}
            />
          )}
        </Loaded>
      )}
      <HoldOutChoice
        percent={offer.holdOutPercent}
        people={counted?.total ?? size}
        choices={choices}
        onChoices={onChoices}
      />
      <TestNote test={offer.test} people={counted?.willGet ?? 0} />
      {isForecast && forecast.data !== undefined && <EnterByDate forecast={forecast.data} />}
      <LaunchSheet offer={offer} calendar={calendar} locale={locale} words={words} isOpen={isOpen} />
      {!isOpen && <DryRunDrawer offer={offer} plan={target} />}
      <Blockers missing={missing} unfit={unfit} />
      <VendorTermsNote vendor={vendor} />
      <ServerConsents vendor={vendor} />
      <TotalsSwitch vendor={vendor} />
      <Button
        size="md"
        leftSection={<IconRocket size={18} aria-hidden />}
        disabled={!can('activations.launch') || isBlocked}
        loading={launch.isPending}
        onClick={launch.start}
      >
        {t('launch.go')}
      </Button>
      <ProblemNote error={launch.error} />
      {firstMails !== null && !hasNoRecipients && !isOpen && (
        <Text size="xs" c="dimmed">
          {firstMails}
        </Text>
      )}
    </>
  );
}
