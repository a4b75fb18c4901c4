import { Anchor, Group, Stack, Text, Timeline, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../format';
import { Loaded } from '../Page';
import { useContactHistory } from '../requests';
import { StatusBadge } from '../StatusBadge';
import { useStepName } from '../step-name';
import { useTranslateCode } from '../translate-code';

/**
 * Shows a partner the messages to a contact across campaigns, and why others
 * were not sent.
 */
export function ContactHistory({ contactId }: { readonly contactId: string }) {
  const { t } = useTranslation();
  const translateCode = useTranslateCode();
  const stepName = useStepName();
  const format = useFormat();
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
              {items.map(({ activationId, campaignTitle, name, stepKey, outcome, reason, sentence, decidedAt }) => (
                <Timeline.Item
                  key={`${activationId} ${stepKey} ${decidedAt}`}
                  title={
                    <Group gap="xs">
                      <Text size="sm" fw={600}>
                        {stepKey === '' ? t('contact.rest') : name === null ? stepKey : stepName(name)}
                      </Text>
                      <StatusBadge status={outcome} />
                    </Group>
                  }
                >
                  <Anchor component={Link} to={`/activations/${activationId}`} size="sm">
                    {campaignTitle}
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
                </Timeline.Item>
              ))}
            </Timeline>
          )
        }
      </Loaded>
    </Stack>
  );
}
