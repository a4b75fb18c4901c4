import { Button, Group, Input, Radio, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionCard, PlanWave as Plan } from '#contracts';
import { DatePickerInput } from '../../shared/dates';
import { Dialog } from '../../shared/Dialog';
import { GroupChoice } from '../../shared/GroupChoice';
import { NumberField } from '../../shared/NumberField';
import { ProblemNote } from '../../shared/ProblemNote';
import { usePartnerGroups } from '../../shared/requests';
import { planWave } from './api';

interface OfVersion {
  readonly version: CampaignVersionCard;
}

/** Plans a wave of a published version: its day, partners and conditions. */
export function PlanWave({ version }: OfVersion) {
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
const planOf = ({ opensOn, audience, groupIds, percent, most, mostPercent }: WaveInput): Plan => ({
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
    <Stack
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        plan.mutate();
      }}
    >
      <Text size="sm">{t('waves.planText')}</Text>
      <DatePickerInput
        label={t('waves.opensOn')}
        minDate={today}
        {...(version.closesOn !== null && { maxDate: version.closesOn })}
        value={input.opensOn}
        onChange={(day) => setInput({ ...input, opensOn: day ?? today })}
      />
      <WaveAudienceInput version={version} input={input} onInput={setInput} />
      <NumberField
        label={t('waves.most')}
        description={t('waves.mostWhy')}
        placeholder={t('waves.noCondition')}
        min={0}
        max={5000}
        value={input.most}
        onChange={(most) => setInput({ ...input, most: most === '' ? null : most })}
      />
      <RateInputs input={input} onInput={setInput} />
      <ProblemNote error={plan.error} />
      <Button
        disabled={input.audience === 'groups' && input.groupIds.length === 0}
        loading={plan.isPending}
        type="submit"
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
          <NumberField
            key={rate}
            label={t(`waves.rateInput.${rate}`)}
            placeholder={t('waves.noCondition')}
            min={0.01}
            max={100}
            decimals={2}
            value={input.mostPercent[rate]}
            onChange={(value) => {
              const { [rate]: _, ...others } = input.mostPercent;
              onInput({ ...input, mostPercent: value === '' ? others : { ...others, [rate]: value } });
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
        <NumberField
          label={t('waves.percent')}
          description={t('waves.percentWhy')}
          required
          min={1}
          max={99}
          value={input.percent}
          onChange={(percent) => onInput({ ...input, percent: percent === '' ? input.percent : percent })}
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
