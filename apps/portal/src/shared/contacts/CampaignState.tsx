import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ContactCampaigns } from '#contracts';
import { useFormat } from '../format';
import { useReaderTitle } from '../reader-title';
import { ProblemNote } from '../ProblemNote';
import { invalidate, queryKeys } from '../query-keys';
import { type CampaignChange, changeCampaigns, useContactCampaigns } from '../requests';
import { useCan } from '../session';
import { useTranslateCode } from '../translate-code';

interface CampaignStateProps {
  readonly contactId: string;
}

/** Whether the partner's campaigns write to a contact, and how to change it. */
export function CampaignState({ contactId }: CampaignStateProps) {
  const campaigns = useContactCampaigns(contactId);
  if (campaigns.data === undefined) return null;
  return <State contactId={contactId} campaigns={campaigns.data} />;
}

function State({ contactId, campaigns }: CampaignStateProps & { readonly campaigns: ContactCampaigns }) {
  const { t } = useTranslation();
  const format = useFormat();
  const readerTitle = useReaderTitle();
  const { exclusion, running, lostReply, repliesTo } = campaigns;
  return (
    <Stack gap="xs">
      {lostReply !== null && (
        <Alert color="red" title={t('contactCampaigns.lostReply')}>
          {t('contactCampaigns.lostReplyText', { at: format.moment(lostReply.at), why: lostReply.why })}
        </Alert>
      )}
      {exclusion === null ? (
        <Text size="sm">{t('contactCampaigns.running', { count: running.length })}</Text>
      ) : (
        <Excluded exclusion={exclusion} />
      )}
      {running.map((campaign) => (
        <Text size="sm" c="dimmed" key={campaign.activationId}>
          {readerTitle(campaign)}
        </Text>
      ))}
      {repliesTo === 'mailbox' && running.length > 0 && <Text size="sm">{t('contactCampaigns.byHand')}</Text>}
      <Actions contactId={contactId} isExcluded={exclusion !== null} isRunning={running.length > 0} />
    </Stack>
  );
}

function Excluded({ exclusion }: { readonly exclusion: NonNullable<ContactCampaigns['exclusion']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const translateCode = useTranslateCode();
  const { reason, sentence, at, by, endsAt } = exclusion;
  return (
    <Alert color="blue" title={t('contactCampaigns.excluded')}>
      {translateCode('reasons', reason, sentence)}{' '}
      {by === null ? format.moment(at) : t('contactCampaigns.by', { at: format.moment(at), by })}
      <br />
      {endsAt === null ? t('contactCampaigns.untilLifted') : t('contactCampaigns.until', { at: format.moment(endsAt) })}
    </Alert>
  );
}

interface ActionsProps extends CampaignStateProps {
  readonly isExcluded: boolean;
  readonly isRunning: boolean;
}

function Actions({ contactId, isExcluded, isRunning }: ActionsProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const can = useCan();
  const change = useMutation({
    mutationFn: (what: CampaignChange) => changeCampaigns(contactId, what),
    onSuccess: () => invalidate(client, queryKeys.contact(contactId), queryKeys.activationDetails, queryKeys.audience),
  });
  if (!can('contacts.edit')) return null;
  const choices: CampaignChange[] = isExcluded ? ['readmit'] : isRunning ? ['answered', 'take-out'] : ['take-out'];
  return (
    <>
      <ProblemNote error={change.error} />
      <Group>
        {choices.map((what) => (
          <Button
            key={what}
            variant="default"
            size="xs"
            loading={change.isPending && change.variables === what}
            onClick={() => change.mutate(what)}
          >
            {t(`contactCampaigns.do.${what}`)}
          </Button>
        ))}
      </Group>
    </>
  );
}
