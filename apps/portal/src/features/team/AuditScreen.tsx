import { Anchor, Button, Code, Collapse, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditEntryView } from '#contracts';
import { useSession } from '../../shared/session';
import { useFormat } from '../../shared/format';
import { ListScreen } from '../../shared/ListScreen';
import { CsvLink } from '../../shared/CsvLink';
import { useAuditFilter, useAuditQuery } from './audit-filter';
import { AuditFilters } from './AuditFilters';
import { useAuditText } from './audit-text';
import { useCampaignTitles } from './campaign-titles';
import { subjectLink } from './subject-link';
import { useAuditEntries } from './api';

/** Audit log of an organisation, newest first, grouped by day. */
export function AuditScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { choice, choose } = useAuditFilter();
  const query = useAuditQuery(choice, t('audit.ourselves'));
  const entries = useAuditEntries(query);
  return (
    <ListScreen
      title={t('audit.title')}
      lead={t('audit.lead')}
      actions={<CsvLink path={`/audit-entries.csv?${query}`} label={t('audit.csv')} />}
      filter={<AuditFilters choice={choice} onChoose={choose} />}
      isNarrowed={query !== ''}
      list={entries}
      empty={{ icon: IconHistory, title: t('audit.none'), text: t('audit.noneText') }}
    >
      {(items) => (
        <Stack gap="lg">
          {[...Map.groupBy(items, ({ at }) => format.date(at))].map(([day, ofDay]) => (
            <Stack key={day} gap="xs" component="section" aria-label={day}>
              <Title order={2} size="h4">
                {day}
              </Title>
              <Paper withBorder component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
                {ofDay.map((entry) => (
                  <Entry key={entry.id} entry={entry} />
                ))}
              </Paper>
            </Stack>
          ))}
        </Stack>
      )}
    </ListScreen>
  );
}

function Entry({ entry }: EntryProps) {
  const format = useFormat();
  const auditText = useAuditText();
  const [opened, { toggle }] = useDisclosure(false);
  const { id, at, action, details } = entry;
  const facts = auditText.facts(details);
  return (
    <li className="audit-entry">
      <Group align="flex-start" wrap="nowrap" gap="md">
        <Text size="sm" c="dimmed" w={52} style={{ flexShrink: 0 }}>
          <time dateTime={at}>{format.time(at)}</time>
        </Text>
        <Stack gap={2} style={{ flexGrow: 1, minWidth: 0 }}>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            <Text span fw={600}>
              {auditText.who(entry)}
            </Text>{' '}
            {auditText.deed(action)}
            <Subject entry={entry} />
          </Text>
          {facts.length > 0 && (
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {facts.map(({ label, value }) => `${label}: ${value}`).join(' · ')}
            </Text>
          )}
          <Collapse expanded={opened} id={`entry-${id}`}>
            <StoredEntry entry={entry} />
          </Collapse>
        </Stack>
        <ShowStored entry={entry} isOpen={opened} onToggle={toggle} />
      </Group>
    </li>
  );
}

interface ShowStoredProps extends EntryProps {
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function ShowStored({ entry: { id, action }, isOpen, onToggle }: ShowStoredProps) {
  const { t } = useTranslation();
  const auditText = useAuditText();
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      style={{ flexShrink: 0 }}
      aria-expanded={isOpen}
      aria-controls={`entry-${id}`}
      aria-label={t('audit.recordOf', { deed: auditText.deed(action) })}
      onClick={onToggle}
    >
      {t('audit.record')}
    </Button>
  );
}

interface EntryProps {
  readonly entry: AuditEntryView;
}

/** Link to what an entry is about. */
function Subject({ entry }: EntryProps) {
  const { t } = useTranslation();
  const auditText = useAuditText();
  const titles = useCampaignTitles();
  const { organisation } = useSession();
  const { action, details, subjectKind, subjectId } = entry;
  const campaignId = subjectKind === 'campaign' ? subjectId : details['campaignId'];
  const title = typeof campaignId === 'string' ? titles.get(campaignId) : undefined;
  const to = subjectLink(organisation?.kind === 'vendor' ? 'vendor' : 'partner', entry);
  if (title !== undefined)
    return (
      <>
        {': '}
        <Anchor component={Link} to={`/campaigns/${String(campaignId)}`} size="sm" underline="always">
          {title}
        </Anchor>
      </>
    );
  if (to === undefined) return null;
  return (
    <>
      {' · '}
      <Anchor
        component={Link}
        to={to}
        size="sm"
        underline="always"
        aria-label={t('audit.seeOf', { deed: auditText.deed(action) })}
      >
        {t('audit.see')}
      </Anchor>
    </>
  );
}

/** The whole entry as it is stored. */
function StoredEntry({ entry: { at, actorName, action, details, subjectKind, subjectId } }: EntryProps) {
  return (
    <Code block mt={4} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
      {[action, `${subjectKind} ${subjectId}`, at, actorName, JSON.stringify(details, null, 1)].join('\n')}
    </Code>
  );
}
