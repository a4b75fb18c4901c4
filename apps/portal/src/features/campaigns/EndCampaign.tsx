import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CampaignDetail } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { Dialog } from '../../shared/Dialog';
import { ReasonForm } from '../../shared/ReasonForm';
import { useCan } from '../../shared/session';
import { changeCampaign, endCampaign } from './api';

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
      {some('published') && <End campaign={campaign} title={title} how="retire" />}
      {(some('published') || some('retired')) && <End campaign={campaign} title={title} how="recall" />}
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
    >
      {t(`campaigns.${texts}Text`)}
    </Confirm>
  );
}

type How = 'retire' | 'recall';

/** Stops everything, after a question with what it concerns. */
function End({ campaign, title, how }: EndCampaignProps & { readonly how: How }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button className="naming-button" color="red" variant="light" onClick={open}>
        {t(`campaigns.${how}`)}
      </Button>
      <Dialog opened={opened} onClose={close} title={t(`campaigns.${how}Question`, { title })} centered>
        <EndForm campaign={campaign} how={how} onBack={close} />
      </Dialog>
    </>
  );
}

interface EndFormProps {
  readonly campaign: CampaignDetail;
  readonly how: How;
  readonly onBack: () => void;
}

function EndForm({ campaign: { id, partnersRunning }, how, onBack }: EndFormProps) {
  const { t } = useTranslation();
  return (
    <ReasonForm
      about={`${how} ${id}`}
      text={t(`campaigns.${how}Text`)}
      action={t(`campaigns.${how}`)}
      why={t('campaigns.reasonWhy')}
      isOptional={how === 'retire'}
      onSend={(reason) => endCampaign(id, how, reason)}
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
