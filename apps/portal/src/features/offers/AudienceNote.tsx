import { List, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DryRunView } from '#contracts';
import { useFormat } from '../../shared/format';
import { retryOf, type QueryState } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { useTranslateCode } from '../../shared/translate-code';
import type { Audience } from './audience-total';

interface AudienceNoteProps {
  readonly audience: Audience;
  readonly asked: QueryState<Audience>;
  /** Undefined while it is computed, and for a long list. */
  readonly forecast: DryRunView | undefined;
  /** Without a forecast the count is said to be about right: see `policySome`. */
  readonly isLong: boolean;
  /** In which the campaign is launched: contacts of other languages get it. */
  readonly locale: string;
}

/**
 * How many contacts of a list receive the campaign, and why others do not.
 * For a long list, the progress of the count.
 */
export function AudienceNote({ audience, asked, forecast, isLong, locale }: AudienceNoteProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const translateCode = useTranslateCode();
  const { total, looked, skipped, isComplete, inOtherCampaign, otherLanguage } = audience;
  // The forecast also knows the wishes and limits of each contact.
  const isForecast = isComplete && forecast?.isComplete === true;
  const willGet = isForecast ? forecast.reached : audience.willGet;
  const wording = isLong && !isForecast ? 'launch.willGetAbout' : 'launch.willGet';
  const byWish = audience.willGet - willGet;
  return (
    <Stack gap={4}>
      <Text fw={600}>
        {isComplete
          ? t(wording, { count: willGet, willGet: format.number(willGet), total: format.number(total) })
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
        {t(isLong && !isForecast ? 'launch.exactInDryRun' : 'launch.policySome')}
      </Text>
      {inOtherCampaign > 0 && (
        <Text size="sm">{t('launch.inOther', { count: inOtherCampaign, people: format.number(inOtherCampaign) })}</Text>
      )}
      {otherLanguage > 0 && (
        <Text size="sm">
          {t('launch.otherLanguage', {
            count: otherLanguage,
            people: format.number(otherLanguage),
            language: format.language(locale),
          })}
        </Text>
      )}
      {(skipped.length > 0 || byWish > 0) && (
        <List size="sm" c="dimmed" spacing={2}>
          {skipped.map(({ reason, sentence, count }) => (
            <List.Item key={reason}>
              {format.number(count)} – {translateCode('reasons', reason, sentence)}
            </List.Item>
          ))}
          {byWish > 0 && <List.Item>{t('launch.byWish', { count: byWish, people: format.number(byWish) })}</List.Item>}
        </List>
      )}
    </Stack>
  );
}
