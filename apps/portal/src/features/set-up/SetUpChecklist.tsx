import { Button, Group, Paper, Progress, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck, IconCircleDashed } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SetUpChecklistView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { useHideSetUp, useSendTestMail, useSetUp } from './api';

type StepKey = SetUpChecklistView['steps'][number]['key'];

/** Where each step is done. A test e-mail is sent from the list. */
const SCREENS: Readonly<Record<Exclude<StepKey, 'mail'>, string>> = {
  brand: '/brand-kit',
  domain: '/relays',
  group: '/partner-groups',
  campaign: '/campaigns/new',
  partner: '/partners',
};

/** What a new vendor still has to set up, for its owners. Nothing once all is done. */
export function SetUpChecklist() {
  const { t } = useTranslation();
  const can = useCan();
  const setUp = useSetUp(can('set-up.edit'));
  const hide = useHideSetUp();
  if (setUp.data === undefined) return null;
  const { steps, mailTest, isHidden } = setUp.data;
  const done = steps.filter(({ isDone }) => isDone).length;
  if (isHidden || done === steps.length) return null;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="set-up">
      <Stack>
        <div>
          <Title order={2} size="h3" id="set-up">
            {t('setUp.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('setUp.lead', { done, count: steps.length })}
          </Text>
        </div>
        <Progress value={(100 * done) / steps.length} aria-label={t('setUp.title')} />
        <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
          {steps.map(({ key, isDone }) => (
            <Step key={key} about={key} isDone={isDone}>
              {key === 'mail' ? (
                <TestMail mailTest={mailTest} />
              ) : (
                <Button component={Link} to={SCREENS[key]} variant="default" size="xs">
                  {t(`setUp.steps.${key}.action`)}
                </Button>
              )}
            </Step>
          ))}
        </Stack>
        <Group justify="flex-end">
          <Confirm
            label={t('setUp.hide')}
            question={t('setUp.hideAsk')}
            danger={false}
            quiet
            size="xs"
            onConfirm={hide}
          >
            {t('setUp.hideText')}
          </Confirm>
        </Group>
      </Stack>
    </Paper>
  );
}

interface StepProps {
  readonly about: StepKey;
  readonly isDone: boolean;
  /** How to do it; shown until it is done. */
  readonly children: ReactNode;
}

function Step({ about, isDone, children }: StepProps) {
  const { t } = useTranslation();
  return (
    <Group component="li" wrap="nowrap" align="flex-start" gap="sm">
      <ThemeIcon
        size={24}
        radius="xl"
        variant={isDone ? 'filled' : 'light'}
        color={isDone ? 'teal' : 'gray'}
        role="img"
        aria-label={t(isDone ? 'setUp.done' : 'setUp.open')}
      >
        {isDone ? <IconCheck size={16} aria-hidden /> : <IconCircleDashed size={16} aria-hidden />}
      </ThemeIcon>
      <Group justify="space-between" align="flex-start" gap="xs" style={{ flex: 1 }}>
        <div style={{ flex: '1 1 240px' }}>
          <Text fw={600} size="sm">
            {t(`setUp.steps.${about}.title`)}
          </Text>
          {!isDone && (
            <Text size="sm" c="dimmed">
              {t(`setUp.steps.${about}.text`)}
            </Text>
          )}
        </div>
        {!isDone && children}
      </Group>
    </Group>
  );
}

function TestMail({ mailTest: { state, refusal } }: Pick<SetUpChecklistView, 'mailTest'>) {
  const { t } = useTranslation();
  const send = useSendTestMail();
  return (
    <Stack gap="xs" align="flex-start" maw={360}>
      <Button variant="default" size="xs" loading={send.isPending} onClick={() => send.mutate()}>
        {t('setUp.steps.mail.action')}
      </Button>
      {state === 'waiting' && (
        <Text size="xs" c="dimmed" role="status">
          {t('setUp.waiting')}
        </Text>
      )}
      {state === 'delayed' && (
        <Text size="xs" c="var(--mantine-color-error)" role="status">
          {t('setUp.delayed', { refusal })}
        </Text>
      )}
      {state === 'refused' && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {t('setUp.refused', { refusal })}
        </Text>
      )}
      <ProblemNote error={send.error} />
    </Stack>
  );
}
