import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionCard, VersionUpdatesView } from '#contracts';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { estimateContacts } from './api';

interface ContactsOfUpdateProps {
  readonly version: CampaignVersionCard;
  readonly contacts: VersionUpdatesView['contacts'];
}

/** About how many contacts are on their way in campaigns of earlier versions: an estimate that can be requested. */
export function ContactsOfUpdate({ version, contacts }: ContactsOfUpdateProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const request = useMutation({
    mutationFn: () => estimateContacts(version),
    onSuccess: () => client.invalidateQueries(),
  });
  const { newest, obstacle, left, perYear } = contacts;
  return (
    <div>
      <Text size="sm" fw={500}>
        {t('versionUpdate.contacts.title')}
      </Text>
      {newest !== null && <Estimate contacts={contacts} newest={newest} />}
      {obstacle !== null && obstacle !== 'recent' && (
        <Text size="sm">{t(`versionUpdate.contacts.obstacle.${obstacle}`)}</Text>
      )}
      {obstacle === null && (
        <Group gap="xs" mt={4}>
          <Button size="xs" variant="default" loading={request.isPending} onClick={() => request.mutate()}>
            {t('versionUpdate.contacts.request')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('versionUpdate.contacts.left', { count: left, perYear })}
          </Text>
        </Group>
      )}
      <ProblemNote error={request.error} />
    </div>
  );
}

interface EstimateProps extends Pick<ContactsOfUpdateProps, 'contacts'> {
  readonly newest: NonNullable<VersionUpdatesView['contacts']['newest']>;
}

function Estimate({ contacts: { margin, smallest }, newest }: EstimateProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { isReady, readyAt, requestedAt, contacts } = newest;
  if (!isReady) return <Text size="sm">{t('versionUpdate.contacts.coming', { at: format.moment(readyAt) })}</Text>;
  const at = format.moment(requestedAt);
  return (
    <Text size="sm">
      {contacts === null
        ? t('versionUpdate.contacts.few', { at, smallest: format.number(smallest) })
        : t('versionUpdate.contacts.about', { at, number: format.number(contacts), margin: format.number(margin) })}
    </Text>
  );
}
