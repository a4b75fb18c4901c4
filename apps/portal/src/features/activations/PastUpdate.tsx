import { Anchor, Collapse, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivationUpdateView } from '#contracts';
import { useFormat } from '../../shared/format';
import { CompareEmails } from './CompareEmails';
import { Differences } from './NewerVersion';

/** One object for all renders: it is a part of the key of a query. */
const NO_ANSWERS = { answers: {} };

interface PastUpdateProps {
  readonly activationId: string;
  readonly past: NonNullable<ActivationUpdateView['past']>;
  /** False: it was stopped or has finished since. */
  readonly isRunning: boolean;
}

/** Says that a campaign was updated, or given its earlier version back, and what that changed. */
export function PastUpdate({ activationId, past, isRunning }: PastUpdateProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [opened, { toggle }] = useDisclosure(false);
  const id = useId();
  const { state, number, at, emails, locale } = past;
  return (
    <div>
      <Text size="sm">
        {t(`update.${isRunning ? 'past' : 'pastEnded'}.${state}`, { number, at: format.moment(at) })}{' '}
        <Anchor component="button" type="button" size="sm" aria-expanded={opened} aria-controls={id} onClick={toggle}>
          {t(opened ? 'update.past.hide' : 'update.past.show')}
        </Anchor>
      </Text>
      <Collapse id={id} expanded={opened}>
        <Stack gap="sm" mt="xs">
          <Differences newer={past} locale={locale} />
          <CompareEmails
            activationId={activationId}
            emails={emails}
            answers={NO_ANSWERS}
            when={isRunning ? 'over' : 'ended'}
          />
        </Stack>
      </Collapse>
    </div>
  );
}
