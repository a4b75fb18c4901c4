import { Button, Checkbox, NumberInput, Radio, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionCard, DecideUpdate } from '#contracts';
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
}

const decisionOf = ({ choice, isPhased, daysBetween, most, mostUnsubscribed, reason }: Input): DecideUpdate => ({
  choice,
  ...(choice === 'take-over' && isPhased && daysBetween !== null && { shares: SHARES, daysBetween }),
  ...(choice === 'take-over' && isPhased && most !== null && { mostStoppedPartners: most }),
  ...(choice === 'take-over' && isPhased && mostUnsubscribed !== null && { mostUnsubscribedPercent: mostUnsubscribed }),
  // The reason is one line, in e-mails too.
  ...(choice === 'stop' && { reason: reason.replaceAll(/\s+/g, ' ') }),
});

const isIncomplete = ({ choice, isPhased, daysBetween, reason }: Input): boolean =>
  choice === 'stop' ? reason.trim() === '' : choice === 'take-over' && isPhased && daysBetween === null;

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
        onChange={(value) => setInput({ ...input, choice: choices.find((one) => one === value) ?? 'take-over' })}
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

function Phases({ input, onInput }: { readonly input: Input; readonly onInput: (input: Input) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Checkbox
        label={t('versionUpdate.phased')}
        description={t('versionUpdate.phasedWhy')}
        checked={input.isPhased}
        onChange={(event) => onInput({ ...input, isPhased: event.currentTarget.checked })}
      />
      {input.isPhased && (
        <>
          <NumberInput
            label={t('versionUpdate.days')}
            min={0}
            max={30}
            allowDecimal={false}
            required
            value={input.daysBetween ?? ''}
            onChange={(days) => onInput({ ...input, daysBetween: typeof days === 'number' ? days : null })}
          />
          <NumberInput
            label={t('versionUpdate.most')}
            description={t('versionUpdate.mostWhy')}
            placeholder={t('waves.noCondition')}
            min={0}
            max={5000}
            allowDecimal={false}
            value={input.most ?? ''}
            onChange={(most) => onInput({ ...input, most: typeof most === 'number' ? most : null })}
          />
          <NumberInput
            label={t('versionUpdate.mostUnsubscribed')}
            description={t('versionUpdate.mostUnsubscribedWhy')}
            placeholder={t('waves.noCondition')}
            suffix=" %"
            min={0.1}
            max={50}
            step={0.1}
            decimalScale={1}
            value={input.mostUnsubscribed ?? ''}
            onChange={(percent) =>
              onInput({ ...input, mostUnsubscribed: typeof percent === 'number' ? percent : null })
            }
          />
        </>
      )}
    </>
  );
}
