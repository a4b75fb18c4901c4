import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LateView } from '#contracts';
import { get } from '../../shared/api';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';

interface ResumeProps {
  readonly activationId: string;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onResume: () => void;
}

/** Goes on with a held activation, after showing who is late by now and what becomes of it; where nobody is, at once. */
export function Resume({ activationId, pending, error, onResume }: ResumeProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const late = useQuery({
    queryKey: ['activation', activationId, 'late'],
    queryFn: get<LateView>(`/activations/${activationId}/late`),
    staleTime: 0,
  });
  const isLate = (late.data?.steps.length ?? 0) > 0;
  return (
    <>
      <Button
        leftSection={<IconPlayerPlay size={16} aria-hidden />}
        loading={pending || late.isPending}
        onClick={isLate ? open : onResume}
      >
        {t('activation.resume')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('late.title')}>
        <Stack>
          <Text size="sm">{t('late.lead')}</Text>
          <List size="sm" spacing={4}>
            {late.data?.steps.map((step) => (
              <List.Item key={step.stepKey}>
                <LateSentence {...step} />
              </List.Item>
            ))}
          </List>
          <ProblemNote error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common.back')}
            </Button>
            <Button loading={pending} onClick={onResume}>
              {t('activation.resume')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function LateSentence({ stepKey, now, later, laterFrom, passed }: LateView['steps'][number]) {
  const { t } = useTranslation();
  const format = useFormat();
  const parts = [
    now > 0 && t('late.now', { count: now }),
    later > 0 && laterFrom !== null && t('late.later', { count: later, at: format.moment(laterFrom) }),
    passed > 0 && t('late.passed', { count: passed }),
  ].filter((part) => part !== false);
  return (
    <>
      <Text span fw={600}>
        {stepKey}
      </Text>
      {': '}
      {parts.join(' ')}
    </>
  );
}
