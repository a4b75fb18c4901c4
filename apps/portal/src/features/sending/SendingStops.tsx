import { Alert, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconHandStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SendingSettings } from '#contracts';
import { useCan } from '../../shared/session';
import { Confirm } from '../../shared/Confirm';
import { useFormat } from '../../shared/format';
import { resumeSending, sendingKeys } from './api';

type Stop = SendingSettings['stops'][number];

/** Why nothing is sent, and how to correct it. */
export function SendingStops({ stops }: { readonly stops: readonly Stop[] }) {
  return stops.map((stop) => <StopNote key={stop.cause} stop={stop} />);
}

function StopNote({ stop }: { readonly stop: Stop }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const client = useQueryClient();
  const resume = useMutation({
    mutationFn: () => resumeSending(),
    onSuccess: (settings) => client.setQueryData(sendingKeys.settings, settings),
  });
  const { cause, since, bad, submitted, resumableFrom } = stop;
  const isEarly = resumableFrom !== null && new Date(resumableFrom) > new Date();
  return (
    <Alert
      color="red"
      icon={<IconHandStop aria-hidden />}
      title={t('sending.stopped', { since: format.moment(since) })}
      role="alert"
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t(`sending.stop.${cause}`, { bad: bad ?? 0, submitted: submitted ?? 0 })}</Text>
        {resumableFrom !== null && isEarly && (
          <Text size="sm">{t('sending.resumeFrom', { time: format.moment(resumableFrom) })}</Text>
        )}
        {resumableFrom !== null && !isEarly && can('brand.edit') && (
          <Confirm
            label={t('sending.resume')}
            question={t('sending.resumeAsk')}
            onConfirm={() => resume.mutateAsync()}
            danger={false}
          >
            {t('sending.resumeText')}
          </Confirm>
        )}
      </Stack>
    </Alert>
  );
}
