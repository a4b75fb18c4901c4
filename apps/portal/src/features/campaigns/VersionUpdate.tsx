import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionCard, VersionUpdatesView, VersionUpdateView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { useCan } from '../../shared/session';
import { continueUpdate, rollUpdateBack, useVersionUpdate } from './api';
import { ContactsOfUpdate } from './ContactsOfUpdate';
import { DecideUpdateForm } from './DecideUpdateForm';
import { UpdatePlan } from './UpdatePlan';

interface OfVersion {
  readonly version: CampaignVersionCard;
}

/** What a published version means for campaigns of partners that run an earlier one. */
export function VersionUpdate({ version, heading = 3 }: OfVersion & { readonly heading?: 2 | 3 }) {
  const { t } = useTranslation();
  const can = useCan();
  const found = useVersionUpdate(version);
  if (found.data === undefined) return null;
  const { plans, updates, contacts } = found.data;
  const decided = updates.find(({ rolledBackAt }) => rolledBackAt === null);
  const mayDecide = can('campaigns.publish') && version.status === 'published';
  if (updates.length === 0 && (plans.length === 0 || !mayDecide)) return null;
  return (
    <Stack gap="xs" mt="md">
      <Title order={heading} size="h5">
        {t('versionUpdate.title')}
      </Title>
      {updates.map((update) => (
        <Decided key={update.id} version={version} update={update} mayDecide={mayDecide} />
      ))}
      {decided === undefined && plans.length > 0 && mayDecide && (
        <Decide version={version} plans={plans} contacts={contacts} />
      )}
    </Stack>
  );
}

function Decide({ version, plans, contacts }: OfVersion & Pick<VersionUpdatesView, 'plans' | 'contacts'>) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const activations = plans.reduce((sum, plan) => sum + plan.activations, 0);
  return (
    <>
      <Text size="sm">{t('versionUpdate.open', { count: activations })}</Text>
      <Group>
        <Button size="xs" onClick={open}>
          {t('versionUpdate.decide')}
        </Button>
      </Group>
      <Dialog
        opened={opened}
        onClose={close}
        title={t('versionUpdate.decideTitle', { number: version.number })}
        centered
        size="lg"
      >
        <Stack>
          {plans.map((plan) => (
            <UpdatePlan key={plan.number} plan={plan} />
          ))}
          <ContactsOfUpdate version={version} contacts={contacts} />
          <DecideUpdateForm version={version} onDecided={close} />
        </Stack>
      </Dialog>
    </>
  );
}

const STATES = ['done', 'waiting', 'asksPartner', 'refused', 'over', 'returns', 'rolledBack'] as const;

const nameOf = (state: (typeof STATES)[number], choice: VersionUpdateView['choice']) =>
  state === 'done' && choice === 'stop' ? 'stopped' : state;

interface DecidedProps extends OfVersion {
  readonly update: VersionUpdateView;
  readonly mayDecide: boolean;
}

/** A decision, how far it is, and how to take it back. */
function Decided({ version, update, mayDecide }: DecidedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const act = async (work: Promise<unknown>): Promise<void> => {
    await work;
    await client.invalidateQueries();
  };
  const { choice, decidedBy, decidedAt, rolledBackAt, rolledBackBy, heldAt, states } = update;
  const canReturn = mayDecide && rolledBackAt === null && choice !== 'stop';
  return (
    <Stack gap={4}>
      <Text size="sm">
        {t(`versionUpdate.decided.${choice}`, { by: decidedBy, at: format.moment(decidedAt) })}
        {rolledBackAt !== null &&
          ` ${t('versionUpdate.rolledBack', { by: rolledBackBy, at: format.moment(rolledBackAt) })}`}
      </Text>
      {choice !== 'finish' && (
        <Text size="sm" c="dimmed">
          {STATES.filter((state) => states[state] > 0)
            .map((state) => t(`versionUpdate.states.${nameOf(state, choice)}`, { count: states[state] }))
            .join(' · ')}
        </Text>
      )}
      {rolledBackAt === null && version.status === 'published' && <Shares update={update} />}
      <Group gap="xs">
        {mayDecide && rolledBackAt === null && heldAt !== null && (
          <Confirm
            size="xs"
            danger={false}
            label={t('versionUpdate.continue')}
            question={t('versionUpdate.continueQuestion')}
            onConfirm={() => act(continueUpdate(version, update.id))}
          >
            {t('versionUpdate.continueText')}
          </Confirm>
        )}
        {canReturn && (
          <Confirm
            size="xs"
            quiet
            label={choice === 'finish' ? t('versionUpdate.decideAgain') : t('versionUpdate.rollBack')}
            question={t('versionUpdate.rollBackQuestion')}
            onConfirm={() => act(rollUpdateBack(version, update.id))}
          >
            {t(choice === 'finish' ? 'versionUpdate.decideAgainText' : 'versionUpdate.rollBackText')}
          </Confirm>
        )}
      </Group>
    </Stack>
  );
}

/** Which shares of the partners have begun, and why the next one has not. */
function Shares({ update }: { readonly update: VersionUpdateView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { shares, begun, partners, daysBetween, heldAt, heldFor, stoppedPartners, mostStoppedPartners } = update;
  if (heldAt !== null)
    return (
      <Text size="sm" c="red">
        {heldFor === 'unsubscribes'
          ? t('versionUpdate.heldForUnsubscribes', { percent: format.number(update.mostUnsubscribedPercent ?? 0) })
          : t('versionUpdate.held', { count: stoppedPartners ?? 0, most: mostStoppedPartners ?? 0 })}
      </Text>
    );
  if (shares.length < 2) return null;
  const next = shares[begun];
  return (
    <Text size="sm" c="dimmed">
      {t('versionUpdate.share', { begun: format.number(partners.begun), count: partners.concerned })}
      {next !== undefined && begun > 0 && ` ${t('versionUpdate.nextShare', { percent: next, count: daysBetween })}`}
    </Text>
  );
}
