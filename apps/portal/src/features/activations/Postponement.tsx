import { Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCalendarPause } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ActivationDetail, MAX_POSTPONEMENT_DAYS, type PostponementOutlook } from '#contracts';
import { useFormat } from '../../shared/format';
import { MovedSteps } from '../../shared/MovedSteps';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { useStepNameByKey } from '../../shared/step-name';
import { Dialog } from '../../shared/Dialog';
import { postpone, previewPostponement } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { NumberField } from '../../shared/NumberField';

const FIRST_DAYS = 3;
/** Wait for the end of typing before asking for the impact. */
const TYPING_MS = 300;

interface PostponementProps {
  readonly activationId: string;
  readonly names: ActivationDetail['names'];
  readonly isHeld: boolean;
}

/**
 * Postpones all remaining steps by some days.
 * Shows the partner first which dates move and which contacts lose a step.
 */
export function Postponement(props: PostponementProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconCalendarPause size={16} aria-hidden />} onClick={open}>
        {t('postponement.open')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('postponement.title')} size="lg">
        <PostponementForm {...props} onClose={close} />
      </Dialog>
    </>
  );
}

interface PostponementFormProps extends PostponementProps {
  readonly onClose: () => void;
}

function PostponementForm({ activationId, names, isHeld, onClose }: PostponementFormProps) {
  const { t } = useTranslation();
  const [days, setDays] = useState(FIRST_DAYS);
  const [asked] = useDebouncedValue(days, TYPING_MS);
  const outlook = useQuery({
    queryKey: [...queryKeys.activation(activationId), 'postponed', asked],
    queryFn: ({ signal }) => previewPostponement(activationId, { body: { days: asked }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const postponement = usePostpone(activationId, asked, {
    onDone: onClose,
    // After a conflict, show the postponement that was saved meanwhile.
    onRefused: () => void outlook.refetch(),
  });
  const isTold = asked === days && outlook.isSuccess && !outlook.isFetching;
  return (
    <Stack>
      <Text size="sm">{t('postponement.lead')}</Text>
      <DaysField days={days} onDays={setDays} />
      <Loaded query={outlook} height={140}>
        {(told) => <Told outlook={told} names={names} isHeld={isHeld} isBusy={outlook.isFetching} />}
      </Loaded>
      <ProblemNote error={postponement.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.back')}
        </Button>
        <Button
          loading={postponement.isPending}
          disabled={!isTold}
          onClick={() => outlook.data !== undefined && postponement.mutate(outlook.data.number)}
        >
          {t('postponement.go', { count: days })}
        </Button>
      </Group>
    </Stack>
  );
}

interface PostponeListeners {
  readonly onDone: () => void;
  readonly onRefused: () => void;
}

function usePostpone(activationId: string, days: number, { onDone, onRefused }: PostponeListeners) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (number: number) => postpone(activationId, { days, number }),
    onSuccess: (changed) => {
      client.setQueryData(queryKeys.activation(activationId), changed);
      void invalidate(client, queryKeys.activation(activationId));
      onDone();
    },
    onError: onRefused,
  });
}

function DaysField({ days, onDays }: { readonly days: number; readonly onDays: (days: number) => void }) {
  const { t } = useTranslation();
  return (
    <NumberField
      label={t('postponement.days')}
      min={1}
      max={MAX_POSTPONEMENT_DAYS}
      w={140}
      value={days}
      onChange={(value) => typeof value === 'number' && onDays(value)}
    />
  );
}

interface ToldProps extends Pick<PostponementProps, 'names'> {
  readonly outlook: PostponementOutlook;
  readonly isHeld: boolean;
  readonly isBusy: boolean;
}

function Told({ outlook, names, isHeld, isBusy }: ToldProps) {
  const { t } = useTranslation();
  // A contact at a wait or a branch is between two steps.
  const stepName = useStepNameByKey(names, t('activation.between'));
  const format = useFormat();
  const { from, until, waiting, steps, timeZone } = outlook;
  return (
    <Stack gap="sm" role="status" aria-busy={isBusy}>
      {isHeld && <Text size="sm">{t('postponement.held', { from: format.moment(from) })}</Text>}
      <Text size="sm" fw={600}>
        {t('postponement.until', { until: format.moment(until) })}
      </Text>
      {waiting.length === 0 && <Text size="sm">{t('postponement.noneWaiting')}</Text>}
      <List size="sm" spacing={4}>
        {waiting.map((step) => (
          <List.Item key={step.stepKey}>
            <WaitingSentence {...step} name={stepName(step.stepKey)} />
          </List.Item>
        ))}
      </List>
      {steps.length > 0 && (
        <>
          <Title order={3} size="h5">
            {t('postponement.dates')}
          </Title>
          <MovedSteps steps={steps} timeZone={timeZone} names={names} />
        </>
      )}
    </Stack>
  );
}

type WaitingStep = Omit<PostponementOutlook['waiting'][number], 'stepKey'> & { readonly name: string };

function WaitingSentence({ name, later, stay, passed, firstAt }: WaitingStep) {
  const { t } = useTranslation();
  const format = useFormat();
  const counted = (count: number) => ({ count, number: format.number(count) });
  const parts = [
    later > 0 && firstAt !== null && t('postponement.later', { ...counted(later), at: format.moment(firstAt) }),
    stay > 0 && t('postponement.stay', counted(stay)),
    passed > 0 && t('closedDays.passed', counted(passed)),
  ].filter((part) => part !== false);
  return (
    <>
      <Text span fw={600}>
        {name}
      </Text>
      {': '}
      {parts.join(' ')}
    </>
  );
}
