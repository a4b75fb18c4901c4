import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CampaignDetail } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { Dialog } from '../../shared/Dialog';
import { ReasonForm } from '../../shared/ReasonForm';
import { useCan } from '../../shared/session';
import { changeCampaign, retireCampaign } from './api';
import { RecallForm } from './recalls/RecallForm';

interface EndCampaignProps {
  readonly campaign: CampaignDetail;
  readonly title: string;
}

/**
 * Lets a vendor end a campaign: new launches only, everything at its end, or
 * everything because it was a mistake.
 */
export function EndCampaign({ campaign, title }: EndCampaignProps) {
  const can = useCan();
  if (!can('campaigns.retire')) return null;
  const some = (status: string) => campaign.versions.some((version) => version.status === status);
  return (
    <>
      {some('published') && <Launches campaign={campaign} title={title} />}
      {some('published') && <Retire campaign={campaign} title={title} />}
      {(some('published') || some('retired')) && <RecallButton campaign={campaign} title={title} />}
    </>
  );
}

/** Stops new launches, or allows them again. */
function Launches({ campaign: { id, versions }, title }: EndCampaignProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const isStopped = versions.every(({ status, launchesStoppedAt }) => status !== 'published' || launchesStoppedAt);
  const action = isStopped ? 'allow-launches' : 'stop-launches';
  const texts = isStopped ? 'allowLaunches' : 'stopLaunches';
  return (
    <Confirm
      label={t(`campaigns.${texts}`)}
      question={t(`campaigns.${texts}Question`, { title })}
      onConfirm={() => changeCampaign(id, action).then(() => client.invalidateQueries())}
      danger={false}
      quiet={!isStopped}
    >
      {t(`campaigns.${texts}Text`)}
    </Confirm>
  );
}

/** Opens the form that recalls all of it or a part. */
function RecallButton({ campaign, title }: EndCampaignProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button className="naming-button" color="red" variant="light" onClick={open}>
        {t('campaigns.recall')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('campaigns.recallQuestion', { title })} centered>
        <RecallForm campaign={campaign} onBack={close} />
      </Dialog>
    </>
  );
}

/** Stops everything, after a question with what it concerns. */
function Retire({ campaign, title }: EndCampaignProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button className="naming-button" color="red" variant="light" onClick={open}>
        {t('campaigns.retire')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('campaigns.retireQuestion', { title })} centered>
        <RetireForm campaign={campaign} onBack={close} />
      </Dialog>
    </>
  );
}

interface RetireFormProps {
  readonly campaign: CampaignDetail;
  readonly onBack: () => void;
}

function RetireForm({ campaign: { id, partnersRunning }, onBack }: RetireFormProps) {
  const { t } = useTranslation();
  return (
    <ReasonForm
      about={`retire ${id}`}
      text={t('campaigns.retireText')}
      action={t('campaigns.retire')}
      why={t('campaigns.reasonWhy')}
      isOptional
      onSend={(reason) => retireCampaign(id, reason)}
      onSent={onBack}
      onBack={onBack}
    >
      {partnersRunning !== null && (
        <Text size="sm" fw={600}>
          {t('campaigns.concerned', { count: partnersRunning })}
        </Text>
      )}
    </ReasonForm>
  );
}
