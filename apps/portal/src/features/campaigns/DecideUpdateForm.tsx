import { Button, Checkbox, Radio, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionCard, DecideUpdate } from '#contracts';
import { NumberField } from '../../shared/NumberField';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { decideUpdate } from './api';

const SHARES = [1, 5, 20, 100];

interface Input {
  readonly choice: DecideUpdate['choice'];
  readonly isPhased: boolean;
  /** Null while the field is empty. */
  readonly daysBetween: number | null;
  readonly most: number | null;
  readonly mostUnsubscribed: number | null;
  readonly reason: string;
  /** Fields whose text is no number of theirs. */
  readonly unreadable: readonly string[];
}

const decisionOf = ({ choice, isPhased, daysBetween, most, mostUnsubscribed, reason }: Input): DecideUpdate => ({
  choice,
  ...(choice === 'take-over' && isPhased && daysBetween !== null && { shares: SHARES, daysBetween }),
  ...(choice === 'take-over' && isPhased && most !== null && { mostStoppedPartners: most }),
  ...(choice === 'take-over' && isPhased && mostUnsubscribed !== null && { mostUnsubscribedPercent: mostUnsubscribed }),
  // The reason is one line, in e-mails too.
  ...(choice === 'stop' && { reason: reason.replaceAll(/\s+/g, ' ') }),
});

const isIncomplete = ({ choice, isPhased, daysBetween, reason, unreadable }: Input): boolean =>
  choice === 'stop'
    ? reason.trim() === ''
    : choice === 'take-over' && isPhased && (daysBetween === null || unreadable.length > 0);

/** A vendor decides what becomes of running campaigns of earlier versions. */
export function DecideUpdateForm({
  version,
  onDecided,
}: {
  readonly version: CampaignVersionCard;
  readonly onDecided: () => void;
}) {
  const { t } = useTranslation();
  const can = useCan();
  const client = useQueryClient();
  const [input, setInput] = useState<Input>({
    choice: 'take-over',
    isPhased: true,
    daysBetween: 1,
    most: 0,
    mostUnsubscribed: null,
    reason: '',
    unreadable: [],
  });
  const decide = useMutation({
    mutationFn: () => decideUpdate(version, decisionOf(input)),
    onSuccess: async () => {
      onDecided();
      await client.invalidateQueries();
    },
  });
  const choices = (['take-over', 'finish', 'stop'] as const).filter((one) => one !== 'stop' || can('campaigns.retire'));
  return (
    <Stack>
      <Radio.Group
        label={t('versionUpdate.choice')}
        value={input.choice}
        onChange={(value) =>
          setInput({ ...input, choice: choices.find((one) => one === value) ?? 'take-over', unreadable: [] })
        }
      >
        <Stack gap="xs" mt="xs">
          {choices.map((one) => (
            <Radio
              key={one}
              value={one}
              label={t(`versionUpdate.by.${one}`)}
              description={t(`versionUpdate.why.${one}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {input.choice === 'take-over' && <Phases input={input} onInput={setInput} />}
      {input.choice === 'stop' && (
        <Textarea
          label={t('versionUpdate.reason')}
          description={t('versionUpdate.reasonWhy')}
          required
          maxLength={500}
          autosize
          value={input.reason}
          onChange={(event) => setInput({ ...input, reason: event.currentTarget.value })}
        />
      )}
      <ProblemNote error={decide.error} />
      <Button
        {...(input.choice === 'stop' && { color: 'red' })}
        disabled={isIncomplete(input)}
        loading={decide.isPending}
        onClick={() => decide.mutate()}
      >
        {t(`versionUpdate.act.${input.choice}`)}
      </Button>
    </Stack>
  );
}

interface PhasesProps {
  readonly input: Input;
  readonly onInput: (change: (before: Input) => Input) => void;
}

function Phases({ input, onInput }: PhasesProps) {
  const { t } = useTranslation();
  const field = (name: 'daysBetween' | 'most' | 'mostUnsubscribed') => ({
    value: input[name],
    onChange: (value: number | '') => onInput((before) => ({ ...before, [name]: value === '' ? null : value })),
    onValidity: (isValid: boolean) =>
      onInput((before) => ({
        ...before,
        unreadable: [...before.unreadable.filter((one) => one !== name), ...(isValid ? [] : [name])],
      })),
  });
  return (
    <>
      <Checkbox
        label={t('versionUpdate.phased')}
        description={t('versionUpdate.phasedWhy')}
        checked={input.isPhased}
        onChange={(event) => {
          const isPhased = event.currentTarget.checked;
          // Its fields are new when they are shown again.
          onInput((before) => ({ ...before, isPhased, unreadable: [] }));
        }}
      />
      {input.isPhased && (
        <>
          <NumberField label={t('versionUpdate.days')} min={0} max={30} required {...field('daysBetween')} />
          <NumberField
            label={t('versionUpdate.most')}
            description={t('versionUpdate.mostWhy')}
            placeholder={t('waves.noCondition')}
            min={0}
            max={5000}
            {...field('most')}
          />
          <NumberField
            label={t('versionUpdate.mostUnsubscribed')}
            description={t('versionUpdate.mostUnsubscribedWhy')}
            placeholder={t('waves.noCondition')}
            unit="%"
            min={0.1}
            max={50}
            decimals={1}
            {...field('mostUnsubscribed')}
          />
        </>
      )}
    </>
  );
}
