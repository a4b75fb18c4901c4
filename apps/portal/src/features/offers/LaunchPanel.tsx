import { Alert, Button, Group, List, Modal, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconCalendar, IconRocket } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { z } from 'zod';
import type { ContactLists, DatesView, OfferDetail, TightenLeadRule } from '#contracts';
import { useCan } from '../../shared/session';
import { ApiProblem, isNetworkError } from '../../shared/api';
import { useFormat } from '../../shared/format';
import { localised } from '../../shared/localised';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { useMissingFieldText } from '../../shared/missing-fields';
import { useUndoLaunch } from '../../shared/undo-launch';
import { DryRunDrawer } from './dry-run/DryRunDrawer';
import { useAudience } from './audience';
import type { Audience } from './audience-total';
import { AudienceNote } from './AudienceNote';
import { type DateChoices, firstMailAt } from './choices/choices';
import type { LaunchPlan } from './launch-plan';
import { InvalidChoiceNote } from './InvalidChoiceNote';
import type { Slot, SlotNodes } from './slots';
import { DateTimePicker } from '../../shared/dates';
import { useContactLists } from '../../shared/requests';
import { launchActivation } from './api';

/** Long enough to read, decide and click. */
const UNDO_SHOWN_MS = 20_000;

const isNobody = (audience: Audience | undefined): boolean => audience?.isComplete === true && audience.willGet === 0;

interface LaunchPanelProps {
  readonly offer: OfferDetail;
  /** Dates of the current choices; undefined while loading. */
  readonly calendar: DatesView | undefined;
  readonly plan: LaunchPlan;
  readonly slots: Readonly<Record<string, SlotNodes>>;
  /** Slots with invalid texts. */
  readonly unfit: readonly Slot[];
  readonly choices: DateChoices;
  /** The partner's stricter lead rule. */
  readonly tightening: TightenLeadRule;
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
            items.every(({ size }) => size === 0) ? (
              <>
                <Text size="sm">{t('launch.noContacts')}</Text>
                <Button component={Link} to="/contacts/import">
                  {t('launch.import')}
                </Button>
              </>
            ) : (
              <LaunchForm {...props} lists={items} />
            )
          }
        </Loaded>
      </Stack>
    </Paper>
  );
}

function LaunchForm({
  offer,
  calendar,
  plan,
  slots,
  unfit,
  choices,
  tightening,
  lists,
}: LaunchPanelProps & { readonly lists: z.output<typeof ContactLists>['items'] }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const navigate = useNavigate();
  const missingFieldText = useMissingFieldText();
  const undo = useUndoLaunch();
  const client = useQueryClient();
  const { locale, startAt } = plan;
  const preferred = lists.find(({ isDefault, size }) => isDefault && size > 0) ?? lists.find(({ size }) => size > 0);
  const chosen = lists.find(({ id }) => id === plan.listId);
  const listId = (chosen ?? preferred)?.id ?? '';
  const [opened, { open, close }] = useDisclosure(false);
  // Idempotency key: a double click, or a retry after a network error, is the same launch.
  const key = useRef(crypto.randomUUID());
  const isOnItsWay = useRef(false);
  const audience = useAudience(offer.versionId, listId);
  const firstAt = calendar === undefined ? null : firstMailAt(calendar);
  const firstMails =
    calendar === undefined || firstAt === null
      ? null
      : t('launch.next', { at: format.moment(firstAt, calendar.timeZone), zone: calendar.timeZone });
  const launch = useMutation({
    mutationFn: () =>
      launchActivation({
        headers: { 'Idempotency-Key': key.current },
        body: {
          versionId: offer.versionId,
          listId,
          locale,
          slots,
          choices,
          leadRule: tightening,
          ...(startAt === null ? {} : { startAt: new Date(startAt).toISOString() }),
        },
      }),
    onSuccess: ({ id }) => {
      const note = notifications.show({
        color: 'teal',
        autoClose: UNDO_SHOWN_MS,
        title: t('launch.done'),
        message: (
          <Stack gap="xs" align="flex-start">
            {firstMails ?? t('launch.doneText')}
            {can('activations.control') && (
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  notifications.hide(note);
                  undo.mutate(id);
                }}
              >
                {t('undo.go')}
              </Button>
            )}
          </Stack>
        ),
      });
      plan.forget();
      void client.invalidateQueries({ queryKey: ['activations'] });
      void navigate(`/activations/${id}`);
    },
    onSettled: () => {
      isOnItsWay.current = false;
    },
    onError: (error) => {
      // A refused launch gets a new key.
      // After a network error the API may have received it, so the key stays.
      if (error instanceof ApiProblem && !isNetworkError(error)) key.current = crypto.randomUUID();
    },
  });
  const launchOnce = () => {
    if (isOnItsWay.current) return;
    isOnItsWay.current = true;
    launch.mutate();
  };
  return (
    <>
      <NativeSelect
        label={t('launch.list')}
        value={listId}
        onChange={(event) => plan.choose({ listId: event.currentTarget.value })}
        data={lists.map(({ id, name, size }) => ({ value: id, label: `${name} (${format.number(size)})` }))}
      />
      {plan.listId !== null && chosen === undefined && (
        <InvalidChoiceNote onClose={() => plan.choose({ listId: null })}>
          {t('launch.listGone', { name: preferred?.name ?? '' })}
        </InvalidChoiceNote>
      )}
      <DateTimePicker
        label={t('launch.start')}
        placeholder={t('launch.now')}
        leftSection={<IconCalendar size={18} aria-hidden />}
        clearable
        value={startAt}
        onChange={(moment) => plan.choose({ startAt: moment })}
      />
      {plan.isPast && (
        <InvalidChoiceNote onClose={() => plan.choose({ startAt: null })}>{t('launch.startPast')}</InvalidChoiceNote>
      )}
      <Loaded query={audience} height={90}>
        {(found) => <AudienceNote audience={found} asked={audience} />}
      </Loaded>
      <DryRunDrawer
        offer={offer}
        plan={{ listId, locale, choices, ...(startAt === null ? {} : { startAt: new Date(startAt).toISOString() }) }}
      />
      {offer.missing.length > 0 && (
        <Alert color="yellow" title={t('launch.incomplete')}>
          <List size="sm" mb="sm">
            {offer.missing.map((lack) => (
              <List.Item key={lack.field}>{missingFieldText(lack)}</List.Item>
            ))}
          </List>
          <Button component={Link} to="/brand" variant="default" size="xs">
            {t('launch.brand')}
          </Button>
        </Alert>
      )}
      {unfit.length > 0 && (
        <Alert color="yellow" title={t('launch.unfit')}>
          <List size="sm">
            {unfit.map(({ name, labels }) => (
              <List.Item key={name}>{localised(labels, i18n.language)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Button
        size="md"
        leftSection={<IconRocket size={18} aria-hidden />}
        disabled={!can('activations.launch') || offer.missing.length > 0 || unfit.length > 0 || isNobody(audience.data)}
        loading={launch.isPending}
        onClick={() => (startAt === null ? launchOnce() : open())}
      >
        {t('launch.go')}
      </Button>
      <ProblemNote error={launch.error} />
      {firstMails !== null && !isNobody(audience.data) && (
        <Text size="xs" c="dimmed">
          {firstMails}
        </Text>
      )}
      <Modal opened={opened} onClose={close} title={t('launch.later')} centered>
        <Stack>
          <Text size="sm">
            {startAt !== null && t('launch.laterText', { at: format.moment(new Date(startAt).toISOString()) })}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common.back')}
            </Button>
            <Button
              loading={launch.isPending}
              onClick={() => {
                close();
                launchOnce();
              }}
            >
              {t('launch.go')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
