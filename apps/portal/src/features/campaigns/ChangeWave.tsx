import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionCard, WaveView } from '#contracts';
import { DatePickerInput } from '../../shared/dates';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { NumberField } from '../../shared/NumberField';
import { ProblemNote } from '../../shared/ProblemNote';
import { changeWave } from './api';

/** The largest share; all partners are a wave of their own. */
const WIDEST = 99;
/** Whether the wave has a share that can be larger. */
export const isWidenable = ({ sharePercent }: WaveView): boolean => sharePercent !== null && sharePercent < WIDEST;

interface ChangeProps {
  readonly version: CampaignVersionCard;
  readonly wave: WaveView;
}

/** Moves a wave that has not opened, or widens the share of one that has. */
export function ChangeWave({ version, wave }: ChangeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [opened, { open, close }] = useDisclosure(false);
  const label = wave.state === 'opened' ? t('waves.widen') : t('waves.change');
  return (
    <>
      <Button
        size="xs"
        variant="subtle"
        aria-label={`${label}: ${format.day(wave.opensOn)}`}
        className="naming-button"
        onClick={open}
      >
        {label}
      </Button>
      <Dialog opened={opened} onClose={close} title={label} centered>
        <ChangeForm version={version} wave={wave} onChanged={close} />
      </Dialog>
    </>
  );
}

function ChangeForm({
  version,
  wave: { id, state, opensOn, sharePercent },
  onChanged,
}: ChangeProps & { readonly onChanged: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const today = new Date().toISOString().slice(0, 10);
  const isOpen = state === 'opened';
  const [day, setDay] = useState(opensOn < today ? today : opensOn);
  const [percent, setPercent] = useState(sharePercent);
  const change = useMutation({
    mutationFn: () =>
      changeWave(version, id, { ...(!isOpen && { opensOn: day }), ...(percent !== null && { sharePercent: percent }) }),
    onSuccess: async () => {
      onChanged();
      await client.invalidateQueries();
    },
  });
  return (
    <Stack
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <Text size="sm">{t(isOpen ? 'waves.widenText' : 'waves.changeText')}</Text>
      {!isOpen && (
        <DatePickerInput
          label={t('waves.opensOn')}
          minDate={today}
          {...(version.closesOn !== null && { maxDate: version.closesOn })}
          value={day}
          onChange={(chosen) => setDay(chosen ?? today)}
        />
      )}
      {sharePercent !== null && (
        <NumberField
          label={t('waves.percent')}
          required
          min={isOpen ? sharePercent + 1 : 1}
          max={WIDEST}
          value={percent}
          onChange={(value) => setPercent(value === '' ? percent : value)}
        />
      )}
      <ProblemNote error={change.error} />
      <Button disabled={isOpen && percent === sharePercent} loading={change.isPending} type="submit">
        {t(isOpen ? 'waves.widen' : 'waves.change')}
      </Button>
    </Stack>
  );
}
