import { Badge, Button, Card, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ApplicationView } from '#contracts';
import { useFormat } from '../../../shared/format';
import { ListScreen } from '../../../shared/ListScreen';
import { useCan } from '../../../shared/session';
import { AcceptApplication } from './AcceptApplication';
import { FormSettings } from './FormSettings';
import { RefuseApplication } from './RefuseApplication';
import { useApplications } from './api';

type State = 'waiting' | 'decided';
const STATES: readonly State[] = ['waiting', 'decided'];

/** Companies that applied to become a partner, and the form that they use. */
export function ApplicationsScreen() {
  const { t } = useTranslation();
  const [state, setState] = useState<State>('waiting');
  const applications = useApplications(state);
  return (
    <ListScreen
      title={t('applications.title')}
      lead={t('applications.lead')}
      actions={
        <Button component={Link} to="/partners" variant="default">
          {t('nav.partners')}
        </Button>
      }
      filter={
        <SegmentedControl
          aria-label={t('applications.state.label')}
          value={state}
          onChange={(next) => setState(STATES.find((one) => one === next) ?? 'waiting')}
          data={STATES.map((one) => ({ value: one, label: t(`applications.state.${one}`) }))}
        />
      }
      list={applications}
      height={180}
      empty={{ icon: IconInbox, title: t(`applications.none.${state}`), text: t('applications.noneText') }}
      after={<FormSettings />}
    >
      {(items) => (
        <Stack>
          {items.map((application) => (
            <ApplicationCard key={application.id} application={application} />
          ))}
        </Stack>
      )}
    </ListScreen>
  );
}

function ApplicationCard({ application }: { readonly application: ApplicationView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const canEdit = useCan()('partners.edit');
  const { company, countryCode, person, email, website, answers, confirmedAt, decision } = application;
  return (
    <Card withBorder component="section" aria-label={company}>
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start">
          <Title order={2} size="h4">
            <bdi>{company}</bdi>
          </Title>
          {decision !== null && (
            <Badge color={decision === 'accepted' ? 'teal' : 'gray'} tt="none" variant="light">
              {t(`applications.decision.${decision}`)}
            </Badge>
          )}
        </Group>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {[format.country(countryCode), person, email, website].filter((one) => one !== null).join(' · ')}
        </Text>
        {answers.map(({ question, answer }) => (
          <div key={question}>
            <Text size="sm" c="dimmed">
              {question}
            </Text>
            <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
              {answer}
            </Text>
          </div>
        ))}
        <Text size="sm" c="dimmed">
          {t('applications.received', { at: format.moment(confirmedAt) })}
        </Text>
        {application.distributorName !== null && (
          <Text size="sm">
            {t('applications.proposedBy', {
              person: application.proposedBy ?? '',
              distributor: application.distributorName,
            })}
          </Text>
        )}
        <Decided application={application} />
        {canEdit && decision === null && (
          <Group>
            <AcceptApplication application={application} />
            <RefuseApplication application={application} />
          </Group>
        )}
      </Stack>
    </Card>
  );
}

/** Who decided, when, and what the applicant was told. */
function Decided({ application: { decidedAt, decidedBy, reason } }: { readonly application: ApplicationView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (decidedAt === null) return null;
  return (
    <Text size="sm">
      {t('applications.decided', { at: format.moment(decidedAt), by: decidedBy ?? t('applications.byRule') })}
      {reason !== null && ` ${t('applications.reasonWas', { reason })}`}
    </Text>
  );
}
