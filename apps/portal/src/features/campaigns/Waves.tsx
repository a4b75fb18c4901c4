import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionCard, WaveView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { usePartnerGroups } from '../../shared/requests';
import { useCan } from '../../shared/session';
import { openWave, pauseWaves, removeWave, useWaves } from './api';
import { ChangeWave, isWidenable } from './ChangeWave';
import { PlanWave } from './PlanWave';

interface OfVersion {
  readonly version: CampaignVersionCard;
}

/** The waves in which a published version is offered to more partners. */
export function Waves({ version }: OfVersion) {
  const { t } = useTranslation();
  const can = useCan();
  const waves = useWaves(version);
  const items = waves.data?.items ?? [];
  const canPlan = can('campaigns.publish') && version.status === 'published';
  if (items.length === 0 && (!canPlan || version.partnerGroupIds.length === 0)) return null;
  return (
    <Stack gap="xs" mt="md">
      {items.length > 0 && (
        <Title order={3} size="h5">
          {t('waves.title')}
        </Title>
      )}
      {items.map((wave) => (
        <WaveLine key={wave.id} version={version} wave={wave} canPlan={canPlan} />
      ))}
      {canPlan && (
        <Group gap="xs">
          {version.partnerGroupIds.length > 0 && <PlanWave version={version} />}
          <Pause version={version} waves={items} />
        </Group>
      )}
    </Stack>
  );
}

function WaveLine({ version, wave, canPlan }: OfVersion & { readonly wave: WaveView; readonly canPlan: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const act = async (work: Promise<unknown>): Promise<void> => {
    await work;
    await client.invalidateQueries();
  };
  const { state, opensOn, firstDay } = wave;
  const day = format.day(opensOn);
  const isGone = version.status !== 'published' && (state === 'planned' || state === 'paused');
  return (
    <Group gap="xs">
      <Text size="sm">
        {isGone
          ? t('waves.gone', { day })
          : state === 'planned' && firstDay !== null && firstDay > opensOn
            ? t('waves.later', { first: format.day(firstDay), day })
            : t(`waves.state.${state}`, { day })}{' '}
        <WaveAudience wave={wave} />
        {state !== 'shut' && <Conditions wave={wave} />}
      </Text>
      {state === 'shut' && (
        <Text size="sm" c="red">
          <WhyShut wave={wave} />
        </Text>
      )}
      {state === 'planned' && firstDay !== null && version.closesOn !== null && firstDay > version.closesOn && (
        <Text size="sm" c="red">
          {t('waves.afterWindow', { day: format.day(version.closesOn) })}
        </Text>
      )}
      {canPlan && (state !== 'opened' || isWidenable(wave)) && <ChangeWave version={version} wave={wave} />}
      {canPlan && state !== 'opened' && (
        <>
          <Confirm
            size="xs"
            danger={false}
            quiet
            label={t('waves.openOne', { day })}
            shortLabel={t('waves.open')}
            question={t('waves.openQuestion')}
            onConfirm={() => act(openWave(version, wave.id))}
          >
            {t('waves.openText')}
          </Confirm>
          <Confirm
            size="xs"
            quiet
            label={t('waves.removeOne', { day })}
            shortLabel={t('waves.remove')}
            question={t('waves.removeQuestion')}
            onConfirm={() => act(removeWave(version, wave.id))}
          >
            {t('waves.removeText')}
          </Confirm>
        </>
      )}
    </Group>
  );
}

const RATES = ['bounced', 'complained', 'unsubscribed'] as const;

function Conditions({ wave: { mostStoppedPartners, mostPercent } }: { readonly wave: WaveView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rates = RATES.flatMap((rate) => {
    const most = mostPercent[rate];
    return most === null ? [] : [t(`waves.rateCondition.${rate}`, { percent: format.number(most) })];
  });
  const stopped = mostStoppedPartners === null ? [] : [t('waves.condition', { count: mostStoppedPartners })];
  return [...stopped, ...rates].map((condition) => ` · ${condition}`).join('');
}

function WhyShut({ wave: { mostStoppedPartners, stoppedPartners, shutRate, shutCode } }: { readonly wave: WaveView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (shutRate !== null)
    return t(shutRate.atMost === null ? 'waves.tooFew' : 'waves.shutRate', {
      rate: t(`waves.rates.${shutRate.rate}`),
      most: format.number(shutRate.most),
      atMost: format.number(shutRate.atMost ?? 0),
      sent: format.number(shutRate.sent),
    });
  if (shutCode === null) return t('waves.shutWhy', { count: stoppedPartners ?? 0, most: mostStoppedPartners ?? 0 });
  return shutCode === 'partner-group.not-found' ? t('waves.groupGone') : t('waves.failed', { code: shutCode });
}

function WaveAudience({ wave: { partnerGroupIds, sharePercent, allPartners } }: { readonly wave: WaveView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const groups = usePartnerGroups({ select: ({ items }) => items.filter(({ id }) => partnerGroupIds.includes(id)) });
  if (allPartners) return t('waves.all');
  if (sharePercent !== null) return t('waves.share', { percent: format.number(sharePercent) });
  return (groups.data ?? []).map(({ name }) => name).join(', ');
}

function Pause({ version, waves }: OfVersion & { readonly waves: readonly WaveView[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const isPaused = waves.some(({ state }) => state === 'paused');
  const pause = useMutation({
    mutationFn: () => pauseWaves(version, !isPaused),
    onSuccess: () => client.invalidateQueries(),
  });
  if (!waves.some(({ state }) => state === 'paused' || state === 'planned')) return null;
  return (
    <>
      <Button size="xs" variant="default" loading={pause.isPending} onClick={() => pause.mutate()}>
        {t(isPaused ? 'waves.resume' : 'waves.pause')}
      </Button>
      <ProblemNote error={pause.error} />
    </>
  );
}
