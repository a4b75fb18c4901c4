import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewsletterView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate } from '../../shared/query-keys';
import { cancelNewsletter, NEWSLETTERS_KEY, sendNewsletter, useAudience } from './api';

interface NewsletterProps {
  readonly newsletter: NewsletterView;
}

/** Sends a draft now, or at a time. */
export function SendNewsletter({ newsletter }: NewsletterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { id, groupIds, roles } = newsletter;
  const [when, setWhen] = useState<'now' | 'later'>('now');
  const [at, setAt] = useState('');
  const audience = useAudience({ groupIds, roles });
  const people = format.number(audience.data?.people ?? 0);
  const time = at === '' ? null : new Date(at);
  return (
    <Stack>
      <Radio.Group
        label={t('newsletters.when')}
        value={when}
        onChange={(value) => setWhen(value === 'later' ? 'later' : 'now')}
      >
        <Group mt="xs">
          <Radio value="now" label={t('newsletters.now')} />
          <Radio value="later" label={t('newsletters.later')} />
        </Group>
      </Radio.Group>
      {when === 'later' && (
        <TextInput
          type="datetime-local"
          label={t('newsletters.time')}
          description={t('newsletters.timeHelp', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
          value={at}
          onChange={({ currentTarget: { value } }) => setAt(value)}
        />
      )}
      <Confirm
        label={t(when === 'now' ? 'newsletters.send' : 'newsletters.schedule')}
        question={t('newsletters.sendQuestion', { people })}
        danger={false}
        disabled={(when === 'later' && time === null) || audience.data?.people === 0}
        onConfirm={async () => {
          await sendNewsletter(id, when === 'now' ? null : time);
          await invalidate(client, NEWSLETTERS_KEY);
        }}
      >
        {t('newsletters.sendText')}
      </Confirm>
    </Stack>
  );
}

/** Takes a newsletter that waits for its time back to draft. */
export function CancelSending({ newsletter: { id, sendAt, scheduledBy } }: NewsletterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelNewsletter(id),
    onSettled: () => invalidate(client, NEWSLETTERS_KEY),
  });
  return (
    <Stack>
      <Text size="sm">
        {t('newsletters.waits', { at: sendAt === null ? '' : format.moment(sendAt), by: scheduledBy ?? '' })}
      </Text>
      <ProblemNote error={cancel.error} />
      <Group>
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('newsletters.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
