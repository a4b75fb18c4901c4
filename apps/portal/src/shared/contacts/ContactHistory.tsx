import { Anchor, Group, Stack, Text, Timeline, Title } from '@mantine/core';
import type { Answer } from '../request';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../format';
import { Loaded } from '../Page';
import { useContactHistory } from '../requests';
import { StatusBadge } from '../StatusBadge';
import { useStepName } from '../step-name';
import { useReaderTitle } from '../reader-title';
import { useTranslateCode } from '../translate-code';

/**
 * Shows a partner the messages to a contact across campaigns, and why others
 * were not sent.
 */
export function ContactHistory({ contactId }: { readonly contactId: string }) {
  const { t } = useTranslation();
  const history = useContactHistory(contactId);
  return (
    <Stack gap="sm">
      <Title order={2} size="h3">
        {t('contact.history')}
      </Title>
      <Loaded query={history} height={80}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('contact.noHistory')}
            </Text>
          ) : (
            <Timeline bulletSize={16} lineWidth={2}>
              {items.map((entry) => (
                <Timeline.Item
                  key={`${entry.activationId} ${entry.stepKey} ${entry.decidedAt}`}
                  title={<Step entry={entry} />}
                >
                  <Decision entry={entry} />
                </Timeline.Item>
              ))}
            </Timeline>
          )
        }
      </Loaded>
    </Stack>
  );
}

interface EntryProps {
  readonly entry: Answer<'/contacts/:contactId/history'>['items'][number];
}

/** Name and outcome of the step. */
function Step({ entry: { stepKey, name, outcome } }: EntryProps) {
  const { t } = useTranslation();
  const stepName = useStepName();
  return (
    <Group gap="xs">
      <Text size="sm" fw={600}>
        {stepKey === '' ? t('contact.rest') : name === null ? stepKey : stepName(name)}
      </Text>
      <StatusBadge status={outcome} />
    </Group>
  );
}

/** Campaign, subject, reason and time. */
function Decision({ entry }: EntryProps) {
  const { activationId, campaignTitle: title, campaignTitles: titles, name, reason, sentence, decidedAt } = entry;
  const translateCode = useTranslateCode();
  const format = useFormat();
  const readerTitle = useReaderTitle();
  return (
    <>
      <Anchor component={Link} to={`/activations/${activationId}`} size="sm">
        {readerTitle({ title, titles })}
      </Anchor>
      {name?.subject != null && (
        <Text size="xs" c="dimmed">
          {name.subject}
        </Text>
      )}
      <Text size="sm">{translateCode('reasons', reason, sentence)}</Text>
      <Text size="xs" c="dimmed">
        {format.moment(decidedAt)}
      </Text>
    </>
  );
}
