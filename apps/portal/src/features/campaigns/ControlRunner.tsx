import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { VendorActivationView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { Dialog } from '../../shared/Dialog';
import { ReasonForm } from '../../shared/ReasonForm';
import { holdRunner, releaseRunner, stopRunner } from './api';

interface OfRunner {
  readonly campaignId: string;
  readonly runner: VendorActivationView;
}

/** Lets a vendor hold, release or stop one partner's campaign. Nothing for one that is over. */
export function ControlRunner(props: OfRunner) {
  const { status, vendorAct } = props.runner;
  if (status === 'stopped' || status === 'over') return null;
  return (
    <Stack gap={6} align="flex-end" miw={100}>
      {vendorAct?.kind === 'held' ? <Release {...props} /> : <Ask {...props} act="hold" />}
      <Ask {...props} act="stop" />
    </Stack>
  );
}

/** What the vendor's team has done with it, and why. */
export function RunnerAct({ runner: { vendorAct } }: Pick<OfRunner, 'runner'>) {
  const { t } = useTranslation();
  if (vendorAct === null) return null;
  const { kind, by, reason } = vendorAct;
  return (
    <Text size="sm" c="dimmed" dir="auto" style={{ overflowWrap: 'anywhere' }}>
      {t(`runner.${kind}`, { by, reason })}
    </Text>
  );
}

const SEND = { hold: holdRunner, stop: stopRunner };

function Ask({ campaignId, runner: { id, partnerName: name }, act }: OfRunner & { readonly act: 'hold' | 'stop' }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Group>
      <Button size="xs" variant="default" onClick={open} aria-label={t(`runner.${act}One`, { name })}>
        {t(`runner.${act}`)}
      </Button>
      <Dialog opened={opened} onClose={close} title={t(`runner.${act}Question`, { name })} centered>
        <ReasonForm
          about={`${act} activation ${id}`}
          text={t(`runner.${act}Text`, { name })}
          action={t(`runner.${act}`)}
          why={t('runner.reasonWhy', { name })}
          onSend={(reason) => SEND[act](campaignId, id, reason)}
          onSent={close}
          onBack={close}
        />
      </Dialog>
    </Group>
  );
}

function Release({ campaignId, runner: { id, partnerName: name } }: OfRunner) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <Confirm
      size="xs"
      danger={false}
      label={t('runner.releaseOne', { name })}
      shortLabel={t('runner.release')}
      question={t('runner.releaseQuestion', { name })}
      onConfirm={() => releaseRunner(campaignId, id).then(() => client.invalidateQueries())}
    >
      {t('runner.releaseText', { name })}
    </Confirm>
  );
}
