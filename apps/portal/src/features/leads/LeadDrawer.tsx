import { Button, Drawer, Group, Stack, Text, Timeline, Title } from '@mantine/core';
import { IconTargetArrow, IconUser } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { LeadMoment, LeadView } from '#contracts';
import { useFormat } from '../../shared/format';
import { CampaignState } from '../../shared/contacts/CampaignState';
import { useLastRow } from '../../shared/last-row';
import { List } from '../../shared/ListScreen';
import { ContactLines } from '../../shared/leads/ContactLines';
import { formatMoney } from '../../shared/money';
import { Loaded } from '../../shared/Page';
import { useCan } from '../../shared/session';
import { useReaderTitle } from '../../shared/reader-title';
import { StatusBadge } from '../../shared/StatusBadge';
import { useStepName } from '../../shared/step-name';
import type { LeadChangeProps } from './lead-change';
import { LeadDeal } from './LeadDeal';
import { LeadAnswers } from './LeadAnswers';
import { LeadOrigin } from './LeadOrigin';
import { LeadProgress } from './LeadProgress';
import { linkText } from '../../shared/leads/link-text';
import { LeadSharing } from './LeadSharing';
import { useLead, useLeadHistory } from './api';

const PAGE = 50;
const STATES = ['new', 'accepted', 'working', 'won', 'lost', 'withdrawn'] as const;

interface LeadDrawerProps {
  /** Null: closed. */
  readonly leadId: string | null;
  /** Leads that are already loaded; another one is fetched. */
  readonly loaded: readonly LeadView[];
  readonly onClose: () => void;
  /** Opens all messages to the contact, across campaigns. */
  readonly onPerson: (contactId: string) => void;
  readonly onChanged: (lead: LeadView) => void;
}

/**
 * A partner's lead: who it is, what the vendor sees of it, and its history since
 * the first e-mail.
 */
export function LeadDrawer({ leadId, loaded, onClose, ...story }: LeadDrawerProps) {
  const { t } = useTranslation();
  const { known, last } = useLastRow(leadId, loaded);
  const fetched = useLead(leadId ?? '', { enabled: leadId !== null && known === undefined, placeholderData: last });
  const query = known === undefined ? fetched : { ...fetched, data: known, error: null };
  return (
    <Drawer opened={leadId !== null} onClose={onClose} position="right" size="lg" title={t('leadHistory.title')}>
      {leadId !== null && (
        <Loaded query={query} height={400}>
          {(lead) => <Story lead={lead} {...story} />}
        </Loaded>
      )}
    </Drawer>
  );
}

function Story({ lead, onPerson, onChanged }: LeadProps & Pick<LeadDrawerProps, 'onPerson' | 'onChanged'>) {
  const { t } = useTranslation();
  const { id, email, contactId } = lead;
  const isGone = email === '';
  const moments = useLeadHistory(id, PAGE);
  return (
    <Stack>
      <Person lead={lead} onChanged={onChanged} />
      <Origin lead={lead} />
      {lead.status !== 'withdrawn' && <LeadDeal lead={lead} onChanged={onChanged} />}
      {!isGone && <LeadSharing lead={lead} />}
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

/** Who it is, from which campaign, and its status. An erased contact has no name. */
function Person({ lead, onChanged }: LeadChangeProps) {
  const { t } = useTranslation();
  const readerTitle = useReaderTitle();
  const { name, company, email, phoneLink, status, campaignTitle: title, campaignTitles: titles } = lead;
  const isGone = email === '';
  const canEdit = useCan()('leads.edit');
  return (
    <Stack gap={4} align="flex-start">
      <Title order={2} size="h3">
        {isGone ? t('people.gone') : name}
      </Title>
      {company !== null && <Text size="sm">{company}</Text>}
      {!isGone && <ContactLines email={email} phone={phoneLink} />}
      <Text size="sm" c="dimmed">
        {readerTitle({ title, titles })}
      </Text>
      <StatusBadge status={status} />
      {canEdit && <LeadProgress lead={lead} onChanged={onChanged} />}
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
      <LeadOrigin lead={lead} />
      <LeadAnswers lead={lead} />
    </Stack>
  );
}

function What({ moment: { kind, what, name, link } }: { readonly moment: LeadMoment }) {
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
    click: () =>
      link === null ? t('leadHistory.clickSomewhere') : t('leadHistory.click', { link: linkText(t, link) }),
    form: () => t('leadHistory.form'),
    document: () => t('leadHistory.document', { document: link === null ? what : linkText(t, link) }),
    reply: () => t('leadHistory.reply'),
    unsubscribe: () => t('leadHistory.unsubscribe'),
    amount: () => t('leadHistory.amount'),
    'follow-up': () => t('leads.followUp'),
    'machine-clicks': () => t('leadHistory.machineClicks'),
    disclosed: () => t('leadHistory.disclosed', { vendor: what }),
    revoked: () => t('leadHistory.revoked', { vendor: what }),
    answered: () => t('leadHistory.answered', { status: answerText(t, what) }),
  }[kind];
  return (
    <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
      {said()}
    </Text>
  );
}

const ANSWERS = ['accepted', 'declined', 'done'] as const;

function answerText(t: TFunction, status: string): string {
  const known = ANSWERS.find((one) => one === status);
  return known === undefined ? status : t(`status.${known}`);
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
      {(kind === 'follow-up' || kind === 'form') && what !== '' && (
        <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
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
