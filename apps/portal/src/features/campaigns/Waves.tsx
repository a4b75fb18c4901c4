import { Button, Group, Input, NumberInput, Radio, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionCard, PlanWave, WaveView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { DatePickerInput } from '../../shared/dates';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { GroupChoice } from '../../shared/GroupChoice';
import { ProblemNote } from '../../shared/ProblemNote';
import { usePartnerGroups } from '../../shared/requests';
import { useCan } from '../../shared/session';
import { openWave, pauseWaves, planWave, removeWave, useWaves } from './api';

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
          {version.partnerGroupIds.length > 0 && <Plan version={version} />}
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
  return (
    <Group gap="xs">
      <Text size="sm">
        {state === 'planned' && firstDay !== null && firstDay > opensOn
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

function Plan({ version }: OfVersion) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>
        {t('waves.plan')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('waves.planTitle', { number: version.number })} centered>
        <PlanForm version={version} onPlanned={close} />
      </Dialog>
    </>
  );
}

const AUDIENCES = ['groups', 'share', 'all'] as const;
type Audience = (typeof AUDIENCES)[number];

const RATES = ['bounced', 'complained', 'unsubscribed'] as const;
type Rate = (typeof RATES)[number];

interface WaveInput {
  readonly opensOn: string;
  readonly audience: Audience;
  readonly groupIds: string[];
  readonly percent: number;
  readonly most: number | null;
  /** Absent: no condition. */
  readonly mostPercent: Readonly<Partial<Record<Rate, number>>>;
}

/** What the API is sent. */
const planOf = ({ opensOn, audience, groupIds, percent, most, mostPercent }: WaveInput): PlanWave => ({
  opensOn,
  mostPercent,
  ...(audience === 'groups' && { partnerGroupIds: groupIds }),
  ...(audience === 'share' && { sharePercent: percent }),
  ...(audience === 'all' && { allPartners: true }),
  ...(most !== null && { mostStoppedPartners: most }),
});

function PlanForm({ version, onPlanned }: OfVersion & { readonly onPlanned: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const today = new Date().toISOString().slice(0, 10);
  const [input, setInput] = useState<WaveInput>({
    opensOn: today,
    audience: 'share',
    groupIds: [],
    percent: 25,
    most: null,
    mostPercent: {},
  });
  const plan = useMutation({
    mutationFn: () => planWave(version, planOf(input)),
    onSuccess: async () => {
      onPlanned();
      await client.invalidateQueries();
    },
  });
  return (
    <Stack>
      <Text size="sm">{t('waves.planText')}</Text>
      <DatePickerInput
        label={t('waves.opensOn')}
        minDate={today}
        {...(version.closesOn !== null && { maxDate: version.closesOn })}
        value={input.opensOn}
        onChange={(day) => setInput({ ...input, opensOn: day ?? today })}
      />
      <WaveAudienceInput version={version} input={input} onInput={setInput} />
      <NumberInput
        label={t('waves.most')}
        description={t('waves.mostWhy')}
        placeholder={t('waves.noCondition')}
        min={0}
        max={5000}
        allowDecimal={false}
        value={input.most ?? ''}
        onChange={(most) => setInput({ ...input, most: typeof most === 'number' ? most : null })}
      />
      <RateInputs input={input} onInput={setInput} />
      <ProblemNote error={plan.error} />
      <Button
        disabled={input.audience === 'groups' && input.groupIds.length === 0}
        loading={plan.isPending}
        onClick={() => plan.mutate()}
      >
        {t('waves.plan')}
      </Button>
    </Stack>
  );
}

function RateInputs({ input, onInput }: Omit<AudienceProps, 'version'>) {
  const { t } = useTranslation();
  return (
    <Input.Wrapper label={t('waves.mostPercent')} description={t('waves.mostPercentWhy')}>
      <Group grow align="flex-start" mt="xs">
        {RATES.map((rate) => (
          <NumberInput
            key={rate}
            label={t(`waves.rateInput.${rate}`)}
            placeholder={t('waves.noCondition')}
            min={0.01}
            max={100}
            step={0.1}
            decimalScale={2}
            value={input.mostPercent[rate] ?? ''}
            onChange={(value) => {
              const { [rate]: _, ...others } = input.mostPercent;
              onInput({ ...input, mostPercent: typeof value === 'number' ? { ...others, [rate]: value } : others });
            }}
          />
        ))}
      </Group>
    </Input.Wrapper>
  );
}

interface AudienceProps extends OfVersion {
  readonly input: WaveInput;
  readonly onInput: (input: WaveInput) => void;
}

function WaveAudienceInput({ version, input, onInput }: AudienceProps) {
  const { t } = useTranslation();
  const groups = usePartnerGroups({
    select: ({ items }) =>
      items.filter(({ id, archivedAt }) => archivedAt === null && !version.partnerGroupIds.includes(id)),
  });
  return (
    <>
      <Radio.Group
        label={t('waves.audience')}
        value={input.audience}
        onChange={(chosen) => onInput({ ...input, audience: AUDIENCES.find((one) => one === chosen) ?? 'share' })}
      >
        <Stack gap="xs" mt="xs">
          {AUDIENCES.map((one) => (
            <Radio key={one} value={one} label={t(`waves.by.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {input.audience === 'share' && (
        <NumberInput
          label={t('waves.percent')}
          description={t('waves.percentWhy')}
          min={1}
          max={99}
          allowDecimal={false}
          value={input.percent}
          onChange={(percent) => onInput({ ...input, percent: typeof percent === 'number' ? percent : input.percent })}
        />
      )}
      {input.audience === 'groups' && (
        <GroupChoice
          label={t('extend.groups')}
          description={t('version.groupsWhy')}
          groups={groups.data ?? []}
          groupIds={input.groupIds}
          onGroups={(groupIds) => onInput({ ...input, groupIds })}
        />
      )}
    </>
  );
}
