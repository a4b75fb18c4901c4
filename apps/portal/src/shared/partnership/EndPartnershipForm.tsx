import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndPartnership } from '#contracts';
import { DatePickerInput } from '../dates';
import { ReasonForm } from '../ReasonForm';

/** When a partnership and its running campaigns end. */
type When = Omit<EndPartnership, 'reason'>;
type Campaigns = NonNullable<When['campaigns']>;

interface EndPartnershipFormProps {
  /** Key of the unsaved reason. */
  readonly about: string;
  readonly text: string;
  readonly action: string;
  readonly why: string;
  readonly onSend: (end: EndPartnership) => Promise<unknown>;
  readonly onSent: () => void;
  readonly onBack: () => void;
}

const CAMPAIGNS: readonly Campaigns[] = ['stop-with-partnership', 'stop-now', 'run-until'];

/** Asks one side of a partnership for its end: when, what runs on until when, and why. */
export function EndPartnershipForm({ onSend, ...form }: EndPartnershipFormProps) {
  const [when, setWhen] = useState<When>({ campaigns: 'stop-with-partnership' });
  const isReady = when.campaigns !== 'run-until' || when.campaignsLastDay !== undefined;
  return (
    <ReasonForm {...form} isReady={isReady} onSend={(reason) => onSend({ ...when, reason })}>
      <Days when={when} onWhen={setWhen} />
    </ReasonForm>
  );
}

interface DaysProps {
  readonly when: When;
  readonly onWhen: (when: When) => void;
}

function Days({ when, onWhen }: DaysProps) {
  const { t } = useTranslation();
  const today = new Date().toISOString().slice(0, 10);
  const { lastDay, campaigns, campaignsLastDay } = when;
  const withLastDay = (day: string | null): When => ({
    campaigns: campaigns ?? 'stop-now',
    ...(day !== null && { lastDay: day }),
  });
  const choose = (chosen: Campaigns): void => onWhen({ ...(lastDay !== undefined && { lastDay }), campaigns: chosen });
  return (
    <>
      <DatePickerInput
        label={t('partnershipEnd.lastDay')}
        description={t('partnershipEnd.lastDayWhy')}
        placeholder={t('partnershipEnd.atOnce')}
        clearable
        minDate={today}
        value={lastDay ?? null}
        onChange={(day) => onWhen(withLastDay(day))}
      />
      <Radio.Group
        label={t('partnershipEnd.campaigns')}
        value={campaigns ?? null}
        onChange={(chosen) => choose(CAMPAIGNS.find((one) => one === chosen) ?? 'stop-with-partnership')}
      >
        <Stack gap="xs" mt="xs">
          {CAMPAIGNS.map((one) => (
            <Radio key={one} value={one} label={t(`partnershipEnd.choice.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {campaigns === 'run-until' && (
        <DatePickerInput
          label={t('partnershipEnd.campaignsLastDay')}
          required
          minDate={today}
          value={campaignsLastDay ?? null}
          onChange={(day) =>
            onWhen({
              ...(lastDay !== undefined && { lastDay }),
              campaigns,
              ...(day !== null && { campaignsLastDay: day }),
            })
          }
        />
      )}
    </>
  );
}
