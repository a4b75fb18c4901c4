import { Anchor, Button, Drawer, Group, Stack, Text, Timeline, Title } from '@mantine/core';
import { IconTargetArrow, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LeadMoment, LeadView } from '#contracts';
import { useFormat } from '../../shared/format';
import { CampaignState } from '../../shared/contacts/CampaignState';
import { List } from '../../shared/ListScreen';
import { formatMoney } from '../../shared/money';
import { StatusBadge } from '../../shared/StatusBadge';
import { useStepName } from '../../shared/step-name';
import { LeadOrigin } from './LeadOrigin';
import { useLeadHistory } from './api';

const PAGE = 50;
const STATES = ['new', 'accepted', 'working', 'won', 'lost', 'withdrawn'] as const;

interface LeadDrawerProps {
  /** Null: closed. */
  readonly lead: LeadView | null;
  readonly onClose: () => void;
  /** Opens all messages to the contact, across campaigns. */
  readonly onPerson: (contactId: string) => void;
}

/**
 * History of a partner's lead since the first e-mail: interactions, follow-ups
 * and notes.
 */
export function LeadDrawer({ lead, onClose, onPerson }: LeadDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer opened={lead !== null} onClose={onClose} position="right" size="lg" title={t('leadHistory.title')}>
      {lead !== null && <Story lead={lead} onPerson={onPerson} />}
    </Drawer>
  );
}

function Story({ lead, onPerson }: LeadProps & Pick<LeadDrawerProps, 'onPerson'>) {
  const { t } = useTranslation();
  const { id, email, contactId } = lead;
  const isGone = email === '';
  const moments = useLeadHistory(id, PAGE);
  return (
    <Stack>
      <Person lead={lead} />
      <Origin lead={lead} />
      {!isGone && (
        <Group>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconUser size={14} aria-hidden />}
            onClick={() => onPerson(contactId)}
          >
            {t('leadHistory.person')}
          </Button>
        </Group>
      )}
      {!isGone && <CampaignState contactId={contactId} />}
      <Title order={3} size="h4">
        {t('leadHistory.moments')}
      </Title>
      <List
        list={moments}
        height={240}
        empty={{ icon: IconTargetArrow, title: t('leadHistory.none'), text: t('leadHistory.noneText') }}
      >
        {(items) => (
          <Timeline bulletSize={16} lineWidth={2}>
            {items.map((moment) => (
              <Timeline.Item key={`${moment.kind} ${moment.id}`} title={<What moment={moment} />}>
                <Details moment={moment} />
              </Timeline.Item>
            ))}
          </Timeline>
        )}
      </List>
    </Stack>
  );
}

interface LeadProps {
  readonly lead: LeadView;
}

/** Name, company, address and status. An erased contact has no name. */
function Person({ lead: { name, company, email, status } }: LeadProps) {
  const { t } = useTranslation();
  const isGone = email === '';
  return (
    <Stack gap={4} align="flex-start">
      <Title order={2} size="h3">
        {isGone ? t('people.gone') : name}
      </Title>
      {company !== null && <Text size="sm">{company}</Text>}
      {!isGone && (
        <Anchor href={`mailto:${email}`} size="sm">
          {email}
        </Anchor>
      )}
      <StatusBadge status={status} />
    </Stack>
  );
}

/** How the contact became a lead. */
function Origin({ lead }: LeadProps) {
  const { t } = useTranslation();
  return (
    <Stack gap={4}>
      <Title order={3} size="h4">
        {t('leads.how')}
      </Title>
      <Text size="sm">{t(`leadHistory.source.${lead.source}`)}</Text>
      <LeadOrigin lead={lead} />
    </Stack>
  );
}

function What({ moment: { kind, what, name } }: { readonly moment: LeadMoment }) {
  const { t } = useTranslation();
  const stepName = useStepName();
  const state = kind === 'status' ? STATES.find((one) => one === what) : undefined;
  if (state !== undefined)
    return (
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {t('leads.state')}
        </Text>
        <StatusBadge status={state} />
      </Group>
    );
  const said = {
    status: () => what,
    sent: () => (name === null ? t('dryRun.kind.email') : stepName(name)),
    click: () => (what === '' ? t('leadHistory.clickSomewhere') : t('leadHistory.click', { link: what })),
    form: () => t('leadHistory.form'),
    reply: () => t('leadHistory.reply'),
    unsubscribe: () => t('leadHistory.unsubscribe'),
    amount: () => t('leadHistory.amount'),
    'follow-up': () => t('leads.followUp'),
    'machine-clicks': () => t('leadHistory.machineClicks'),
    disclosed: () => t('leadHistory.disclosed', { vendor: what }),
    revoked: () => t('leadHistory.revoked', { vendor: what }),
  }[kind];
  return (
    <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
      {said()}
    </Text>
  );
}

function Details({ moment: { kind, what, name, at, by, amount } }: { readonly moment: LeadMoment }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  // Automatic changes have no author.
  const isByHand = by !== null && !(kind === 'status' && (what === 'new' || what === 'withdrawn'));
  return (
    <>
      {name?.subject != null && (
        <Text size="xs" c="dimmed">
          {name.subject}
        </Text>
      )}
      {kind === 'follow-up' && what !== '' && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {what}
        </Text>
      )}
      {amount !== null && <Text size="sm">{formatMoney(i18n.language, amount)}</Text>}
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {isByHand ? t('leadHistory.by', { at: format.moment(at), by }) : format.moment(at)}
      </Text>
    </>
  );
}
