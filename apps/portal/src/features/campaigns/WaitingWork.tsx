import { Anchor, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WaitingWork as Work } from '#contracts';
import { useFormat } from '../../shared/format';
import { localised } from '../../shared/localised';
import { useWaitingWork } from './api';
import { versionPath } from './campaign';

/** What waits for a person of the vendor, as links; nothing if nothing does. */
export function WaitingWork() {
  const { t } = useTranslation();
  const work = useWaitingWork();
  if (work.data === undefined) return null;
  const { versions, translations, sharedLeads, expiredInvitations } = work.data;
  if (versions.length + translations.length === 0 && (sharedLeads ?? 0) === 0 && (expiredInvitations ?? 0) === 0)
    return null;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="waiting-work">
      <Stack gap="xs">
        <Title order={2} size="h3" id="waiting-work">
          {t('waitingWork.title')}
        </Title>
        {versions.map((task) => (
          <VersionTask key={`${task.campaignId} ${task.number}`} task={task} />
        ))}
        {translations.map((task) => (
          <TranslationTask key={`${task.campaignId} ${task.locale}`} task={task} />
        ))}
        {sharedLeads !== null && sharedLeads > 0 && (
          <Anchor component={Link} to="/shared-leads" size="sm">
            {t('waitingWork.sharedLeads', { count: sharedLeads })}
          </Anchor>
        )}
        {expiredInvitations !== null && expiredInvitations > 0 && (
          <Anchor component={Link} to="/partners" size="sm">
            {t('waitingWork.expiredInvitations', { count: expiredInvitations })}
          </Anchor>
        )}
      </Stack>
    </Paper>
  );
}

function TranslationTask({ task }: { readonly task: Work['translations'][number] }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { kind, campaignId, number, title, locale, count } = task;
  const language = format.language(locale);
  return (
    <Group gap="sm">
      <Badge variant="light" tt="none">
        {t(`waitingWork.translation.${kind}`)}
      </Badge>
      <Anchor
        component={Link}
        to={`${versionPath(campaignId, number)}/edit?tab=translation&language=${locale}`}
        size="sm"
      >
        {t('waitingWork.translation.text', { language, title: localised(title, i18n.language), count })}
      </Anchor>
    </Group>
  );
}

function VersionTask({ task }: { readonly task: Work['versions'][number] }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { kind, campaignId, number, title, dueOn } = task;
  return (
    <Group gap="sm">
      <Badge variant="light" tt="none">
        {t(`waitingWork.kinds.${kind}`)}
      </Badge>
      <Anchor component={Link} to={versionPath(campaignId, number)} size="sm">
        {t('waitingWork.version', { title: localised(title, i18n.language), number })}
      </Anchor>
      {kind === 'review' && dueOn !== null && (
        <Text size="sm" c="dimmed">
          {t('version.dueOn', { day: format.day(dueOn) })}
        </Text>
      )}
    </Group>
  );
}
