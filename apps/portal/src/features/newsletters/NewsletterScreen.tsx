import { Alert, Button, Grid, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCopy, IconPencil } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { NewsletterView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { localised } from '../../shared/localised';
import { Loaded, Page } from '../../shared/Page';
import { useProblemNotice } from '../../shared/problem-notice';
import { invalidate } from '../../shared/query-keys';
import { Section } from '../../shared/Section';
import { useCan } from '../../shared/session';
import { createNewsletter, deleteNewsletter, NEWSLETTERS_KEY, useNewsletter } from './api';
import { AudienceCount } from './AudienceCount';
import { NewsletterPreview } from './NewsletterPreview';
import { NewsletterSettingsForm } from './NewsletterSettingsForm';
import { NewsletterState } from './NewsletterState';
import { Results } from './Results';
import { CancelSending, SendNewsletter } from './SendNewsletter';

/** One newsletter: content, recipients, time and results. */
export function NewsletterScreen() {
  const { t, i18n } = useTranslation();
  const { id = '' } = useParams();
  const newsletter = useNewsletter(id);
  const { data } = newsletter;
  return (
    <Page
      title={data === undefined ? t('newsletters.title') : localised(data.title, i18n.language)}
      lead={data !== undefined && <NewsletterState newsletter={data} />}
      actions={data !== undefined && <Actions newsletter={data} />}
      wide
    >
      <Loaded query={newsletter} height={520}>
        {(loaded) => (
          <Grid gap="lg">
            <Grid.Col span={{ base: 12, md: 5 }}>
              <Stack>
                {loaded.results !== null && <Results results={loaded.results} />}
                <Recipients newsletter={loaded} />
                <Sending newsletter={loaded} />
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 7 }}>
              <NewsletterPreview newsletter={loaded} />
            </Grid.Col>
          </Grid>
        )}
      </Loaded>
    </Page>
  );
}

interface NewsletterProps {
  readonly newsletter: NewsletterView;
}

function Actions({ newsletter }: NewsletterProps) {
  const { t, i18n } = useTranslation();
  const canEdit = useCan()('campaigns.edit');
  const navigate = useNavigate();
  const client = useQueryClient();
  const showProblem = useProblemNotice();
  const { id, title, state, campaignId, versionNumber } = newsletter;
  const copy = useMutation({
    mutationFn: () =>
      createNewsletter({ title: t('newsletters.copyOf', { title: localised(title, i18n.language) }), from: id }),
    onSuccess: async (made) => {
      notifications.show({ color: 'teal', message: t('newsletters.copied') });
      await navigate(`/newsletters/${made.id}`);
    },
    onError: showProblem,
  });
  if (!canEdit) return null;
  return (
    <Group gap="sm">
      <Button
        variant="default"
        leftSection={<IconCopy size={16} aria-hidden />}
        loading={copy.isPending}
        onClick={() => copy.mutate()}
      >
        {t('newsletters.duplicate')}
      </Button>
      {state === 'draft' && (
        <>
          <Confirm
            label={t('newsletters.delete')}
            question={t('newsletters.deleteQuestion')}
            quiet
            onConfirm={async () => {
              await deleteNewsletter(id);
              await navigate('/newsletters');
              await invalidate(client, [...NEWSLETTERS_KEY, 'pages']);
            }}
          >
            {t('newsletters.deleteText')}
          </Confirm>
          <Button
            component={Link}
            to={`/newsletters/${id}/content/${campaignId}/${versionNumber}`}
            leftSection={<IconPencil size={16} aria-hidden />}
          >
            {t('newsletters.edit')}
          </Button>
        </>
      )}
    </Group>
  );
}

/** The recipients: to choose in a draft, to read later. */
function Recipients({ newsletter }: NewsletterProps) {
  const { t } = useTranslation();
  const canEdit = useCan()('campaigns.edit');
  return (
    <Section title={t('newsletters.recipients')}>
      {newsletter.state === 'draft' && canEdit ? (
        <NewsletterSettingsForm key={newsletter.id} newsletter={newsletter} />
      ) : (
        <AudienceSummary newsletter={newsletter} />
      )}
    </Section>
  );
}

function AudienceSummary({ newsletter: { groupIds, roles, senderAddress, state } }: NewsletterProps) {
  const { t } = useTranslation();
  const chosen = roles.map((role) => t(`newsletters.roles.${role}`)).join(', ');
  return (
    <Stack gap="xs">
      <Text size="sm">
        {groupIds.length === 0 ? t('newsletters.allPartners') : t('newsletters.someGroups', { count: groupIds.length })}
        {' · '}
        {roles.length === 0 ? t('newsletters.allRoles') : chosen}
      </Text>
      <Text size="sm" c="dimmed">
        {senderAddress}
      </Text>
      {state === 'scheduled' && <AudienceCount audience={{ groupIds, roles }} />}
    </Stack>
  );
}

function Sending({ newsletter }: NewsletterProps) {
  const { t } = useTranslation();
  const canSend = useCan()('campaigns.publish');
  const { state } = newsletter;
  if (!canSend || state === 'sent') return null;
  return (
    <Section title={t('newsletters.sending')}>
      {state === 'draft' && <SendNewsletter newsletter={newsletter} />}
      {state === 'scheduled' && <CancelSending newsletter={newsletter} />}
      {state === 'sending' && <Alert color="yellow">{t('newsletters.beingSent')}</Alert>}
    </Section>
  );
}
