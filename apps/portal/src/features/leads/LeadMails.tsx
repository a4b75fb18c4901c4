import { Paper, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LeadMailSetting } from '#contracts';
import { useOptimisticData } from '../../shared/optimistic';
import { useCan } from '../../shared/session';
import { leadKeys, saveLeadMailSetting, useLeadMailSetting } from './api';

const DETAILS = ['none', 'phone', 'person'] as const satisfies readonly LeadMailSetting['details'][];

/** What the e-mails about leads say of the person. Owners choose it. */
export function LeadMails() {
  const { t } = useTranslation();
  const canEdit = useCan()('lead-mail.edit');
  const { data: setting } = useLeadMailSetting();
  const save = useOptimisticData<LeadMailSetting, LeadMailSetting['details'], LeadMailSetting>({
    under: leadKeys.mailSetting,
    shown: (_, details) => ({ details }),
    ask: saveLeadMailSetting,
  });
  if (setting === undefined) return null;
  return (
    <Paper withBorder p="lg">
      <Radio.Group
        label={t('leads.mails.title')}
        description={t('leads.mails.how')}
        value={setting.details}
        onChange={(chosen) => {
          const details = DETAILS.find((one) => one === chosen);
          if (details !== undefined) save.mutate(details);
        }}
      >
        <Stack gap="xs" mt="xs">
          {DETAILS.map((details) => (
            <Radio key={details} value={details} label={t(`leads.mails.${details}`)} disabled={!canEdit} />
          ))}
        </Stack>
      </Radio.Group>
    </Paper>
  );
}
