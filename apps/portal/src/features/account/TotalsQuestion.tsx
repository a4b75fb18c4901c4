import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { InvitationView } from '#contracts';
import { type InputPropsOf } from '../../shared/draft-form';

interface TotalsQuestionProps {
  readonly totals: NonNullable<z.output<typeof InvitationView>['totals']>;
  readonly input: ReturnType<InputPropsOf>;
}

/** A plain question. Nothing is selected beforehand, and an answer is required. */
export function TotalsQuestion({ totals: { vendor, isRequired }, input }: TotalsQuestionProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t('invitation.totals', { vendor })}
      description={t('invitation.totalsWhy', { vendor })}
      required
      {...input}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="yes" label={t('invitation.totalsYes')} required />
        <Radio value="no" label={t(isRequired ? 'invitation.totalsRefuse' : 'invitation.totalsNo', { vendor })} />
      </Stack>
    </Radio.Group>
  );
}
