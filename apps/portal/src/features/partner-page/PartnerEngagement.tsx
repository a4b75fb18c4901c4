import { Anchor, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EngagementAdvice, EngagementParts } from '../../shared/engagement';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { Section } from '../../shared/Section';
import { usePartnerStanding } from './api';

/** The engagement score of a partner, its parts, and what would add points. */
export function PartnerEngagement({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const standing = usePartnerStanding(partnerId);
  return (
    <Section title={t('programmeActivity.engagement')} text={t('programmeActivity.scoreOfOne')}>
      <Loaded query={standing} height={120}>
        {({ score, parts }) => (
          <Stack gap="xs" align="flex-start">
            {score !== null && (
              <Group gap="sm">
                <Text fz={26} fw={650} lh={1.3}>
                  {format.number(score)}
                </Text>
                <Progress value={score} size="lg" w={160} aria-hidden />
              </Group>
            )}
            <EngagementParts parts={parts} />
            <EngagementAdvice parts={parts} />
            <Anchor component={Link} to="/partner-activity" size="sm">
              {t('programmeActivity.allPartners')}
            </Anchor>
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}
