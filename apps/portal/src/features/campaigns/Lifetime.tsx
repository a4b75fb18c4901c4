import { Button, Group, Radio, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LifetimeView } from '#contracts';
import { DatePickerInput } from '../../shared/dates';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { saveLifetime, useLifetime } from './api';

/** Last days are of the UTC calendar. */
const today = (): string => new Date().toISOString().slice(0, 10);
const PAGES = ['leads', 'notice'] as const;

interface LifetimeProps {
  readonly campaignId: string;
  /** Last day of the launch period of the published version; null: none is published. */
  readonly closesOn: string | null;
}

/** When a campaign is reviewed and ends, and what its landing pages do then. */
export function Lifetime({ campaignId, closesOn }: LifetimeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const lifetime = useLifetime(campaignId).data;
  const [opened, { open, close }] = useDisclosure(false);
  if (lifetime === undefined) return null;
  const { reviewOn, expiresOn, pagesAfterEnd } = lifetime;
  const isCutShort = closesOn !== null && expiresOn !== null && expiresOn < closesOn && expiresOn >= today();
  return (
    <Stack gap="xs">
      <Title order={2}>{t('lifetime.title')}</Title>
      <Text size="sm">
        {reviewOn === null ? t('lifetime.noReview') : t('lifetime.reviewed', { day: format.day(reviewOn) })}{' '}
        {expiresOn === null
          ? t('lifetime.noEnd')
          : t(expiresOn < today() ? 'lifetime.ended' : 'lifetime.ends', { day: format.day(expiresOn) })}{' '}
        {t(`lifetime.pages.${pagesAfterEnd}`)}
      </Text>
      {isCutShort && <Text size="sm">{t('lifetime.launchesCutShort', { day: format.day(closesOn) })}</Text>}
      {can('campaigns.retire') && (
        <Group>
          <Button size="xs" variant="default" onClick={open}>
            {t('lifetime.change')}
          </Button>
        </Group>
      )}
      <Dialog opened={opened} onClose={close} title={t('lifetime.title')} centered>
        <LifetimeForm campaignId={campaignId} lifetime={lifetime} onSaved={close} />
      </Dialog>
    </Stack>
  );
}

interface LifetimeFormProps {
  readonly campaignId: string;
  readonly lifetime: LifetimeView;
  readonly onSaved: () => void;
}

function LifetimeForm({ campaignId, lifetime, onSaved }: LifetimeFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [input, setInput] = useState(lifetime);
  const save = useMutation({
    mutationFn: () => saveLifetime(campaignId, input),
    onSuccess: async () => {
      onSaved();
      await client.invalidateQueries();
    },
  });
  return (
    <Stack>
      <DatePickerInput
        label={t('lifetime.reviewOn')}
        description={t('lifetime.reviewOnWhy')}
        clearable
        placeholder={t('lifetime.chooseDay')}
        value={input.reviewOn}
        onChange={(reviewOn) => setInput({ ...input, reviewOn })}
      />
      <DatePickerInput
        label={t('lifetime.expiresOn')}
        description={t('lifetime.expiresOnWhy')}
        clearable
        minDate={today()}
        placeholder={t('lifetime.chooseDay')}
        value={input.expiresOn}
        onChange={(expiresOn) => setInput({ ...input, expiresOn })}
      />
      <Radio.Group
        label={t('lifetime.pagesAfterEnd')}
        value={input.pagesAfterEnd}
        onChange={(chosen) => setInput({ ...input, pagesAfterEnd: PAGES.find((one) => one === chosen) ?? 'leads' })}
      >
        <Stack gap="xs" mt="xs">
          {PAGES.map((one) => (
            <Radio key={one} value={one} label={t(`lifetime.pages.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <ProblemNote error={save.error} />
      <Button loading={save.isPending} onClick={() => save.mutate()}>
        {t('lifetime.save')}
      </Button>
    </Stack>
  );
}
