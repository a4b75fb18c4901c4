import { List, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format';
import { retryOf, type QueryState } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { useTranslateCode } from '../../shared/translate-code';
import type { Audience } from './audience-total';

/**
 * How many contacts of a list receive the campaign, and why others do not.
 * For a long list, the progress of the count.
 */
export function AudienceNote({
  audience,
  asked,
}: {
  readonly audience: Audience;
  readonly asked: QueryState<Audience>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const translateCode = useTranslateCode();
  const { total, looked, willGet, skipped, isComplete } = audience;
  return (
    <Stack gap={4}>
      <Text fw={600}>
        {isComplete
          ? t('launch.willGet', { count: willGet, willGet: format.number(willGet), total: format.number(total) })
          : t('launch.willGetSoFar', {
              count: willGet,
              willGet: format.number(willGet),
              looked: format.number(looked),
            })}
      </Text>
      {!isComplete && (
        <>
          <Progress value={(looked / total) * 100} aria-label={t('launch.looking')} />
          <Text size="sm" c="dimmed">
            {t('launch.waiting', { waiting: format.number(total - looked) })}
          </Text>
        </>
      )}
      {/* The counted part is still valid after an error. */}
      <ProblemNote error={asked.error} again={retryOf(asked)} />
      <Text size="sm" c="dimmed">
        {t('launch.policySome')}
      </Text>
      {skipped.length > 0 && (
        <List size="sm" c="dimmed" spacing={2}>
          {skipped.map(({ reason, sentence, count }) => (
            <List.Item key={reason}>
              {format.number(count)} – {translateCode('reasons', reason, sentence)}
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}
