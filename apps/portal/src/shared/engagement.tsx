import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EngagementPart } from '#contracts';

interface PartsProps {
  readonly parts: readonly EngagementPart[];
}

/** Points of each part, and what was counted for it. */
export function EngagementParts({ parts }: PartsProps) {
  const { t } = useTranslation();
  const partText = (part: EngagementPart['part'], measured: number) =>
    part === 'brand'
      ? t(measured > 0 ? 'programmeActivity.parts.brand' : 'programmeActivity.parts.no-brand')
      : t(`programmeActivity.parts.${part}`, { count: measured });
  if (parts.length === 0) return <Text size="sm">{t('programmeActivity.notJoined')}</Text>;
  return (
    <Stack gap={2}>
      {parts.map(({ part, points, max, measured }) => (
        <Text key={part} size="xs">
          {t('programmeActivity.points', { points, max })} {partText(part, measured)}
        </Text>
      ))}
    </Stack>
  );
}

/** All that would add points, the most first. Nothing for a partner that has all, or has not joined. */
export function EngagementAdvice({ parts }: PartsProps) {
  const { t } = useTranslation();
  const open = parts.filter(({ nextPoints }) => nextPoints > 0).sort((one, other) => other.nextPoints - one.nextPoints);
  if (open.length === 0) return null;
  return (
    <Stack gap={2}>
      {open.map(({ part, points, max, nextPoints }) => (
        <Text key={part} size="xs">
          {t(nextPoints < max - points ? 'programmeActivity.addsMore' : 'programmeActivity.adds', {
            points: nextPoints,
            left: max - points,
            what: t(`programmeActivity.raises.${part}`),
          })}
        </Text>
      ))}
    </Stack>
  );
}
