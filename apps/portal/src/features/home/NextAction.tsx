import { Anchor, Button, Group, List, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconArrowRight, IconBulb } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useReaderTitle } from '../../shared/reader-title';
import { Link } from 'react-router';
import type { ActivationView, OfferView, WaitingLeads } from '#contracts';
import { useMissingFieldText } from '../../shared/missing-fields';
import { heldTexts } from './held-texts';

interface NextActionProps {
  readonly offers: readonly OfferView[];
  readonly running: readonly ActivationView[];
  /** Leads without follow-up. */
  readonly leads: WaitingLeads;
  /** Open deals whose expected day is past. */
  readonly overdueDeals: number;
  /** Posts that are due. */
  readonly posts: number;
  /** The partner has no contacts yet. */
  readonly hasNoContacts: boolean;
}

interface Step {
  readonly heading: string;
  /** A list of several lines is shown as one. */
  readonly text: string | readonly string[];
  readonly label: string;
  readonly to: string;
}

/**
 * Shows a partner the most useful next action, and others as links.
 * Nothing if there is none.
 */
export function NextAction(props: NextActionProps) {
  const [step, ...others] = useActions(props);
  if (step === undefined) return null;
  return (
    <Paper withBorder p="lg" bg="var(--mantine-color-teal-light)" style={{ borderColor: 'transparent' }}>
      <Group justify="space-between" gap="md">
        <Group wrap="nowrap" align="flex-start" maw={720}>
          <ThemeIcon size={40} radius="xl" aria-hidden>
            <IconBulb size={22} />
          </ThemeIcon>
          <Stack gap={2}>
            <Title order={2} size="h3">
              {step.heading}
            </Title>
            <StepText text={step.text} />
            {others.length > 0 && <Also steps={others} />}
          </Stack>
        </Group>
        <Button component={Link} to={step.to} variant="default" rightSection={<IconArrowRight size={16} aria-hidden />}>
          {step.label}
        </Button>
      </Group>
    </Paper>
  );
}

function StepText({ text }: Pick<Step, 'text'>) {
  if (typeof text === 'string') return <Text size="sm">{text}</Text>;
  return (
    <List size="sm">
      {text.map((line) => (
        <List.Item key={line}>{line}</List.Item>
      ))}
    </List>
  );
}

/** Actions that are useful now, the most useful one first. */
function useActions({ offers, running, leads, overdueDeals, posts, hasNoContacts }: NextActionProps): Step[] {
  const { t } = useTranslation();
  const readerTitle = useReaderTitle();
  const leadActions = useLeadActions(leads);
  const missingFieldText = useMissingFieldText();
  const missing = offers[0]?.missing ?? [];
  const [untouched] = offers.filter(({ campaignId }) => running.every((one) => one.campaignId !== campaignId));
  const held = running.find(({ status }) => status === 'held');
  const actions: readonly (Step | false)[] = [
    ...leadActions,
    overdueDeals > 0 && {
      heading: t('next.deals', { count: overdueDeals }),
      text: t('next.dealsText'),
      label: t('next.dealsGo'),
      to: '/deals?stage=overdue',
    },
    missing.length > 0 && {
      heading: t('next.brand'),
      text: missing.map(missingFieldText),
      label: t('next.brandGo'),
      to: '/brand',
    },
    hasNoContacts && {
      heading: t('next.contacts'),
      text: t('next.contactsText'),
      label: t('next.contactsGo'),
      to: '/contacts/import',
    },
    posts > 0 && {
      heading: t('next.posts', { count: posts }),
      text: t('next.postsText'),
      label: t('next.postsGo'),
      to: '/posts',
    },
    held !== undefined && {
      heading: t(heldTexts(held).heading, { title: readerTitle(held) }),
      text: t(heldTexts(held).text),
      label: t('next.heldGo'),
      to: `/activations/${held.id}`,
    },
    untouched !== undefined &&
      running.length === 0 &&
      !hasNoContacts && {
        heading: t('next.launch', { title: readerTitle(untouched) }),
        text: t('next.launchText'),
        label: t('next.launchGo'),
        to: `/offers/${untouched.versionId}`,
      },
  ];
  return actions.filter((one) => one !== false);
}

/** New leads, or else leads with a stale follow-up: both are in one list. */
function useLeadActions(leads: WaitingLeads): Step[] {
  const { t } = useTranslation();
  const list = { label: t('next.leadsGo'), to: '/leads?waiting=yes' };
  if (leads.new > 0) {
    const text = leads.quiet > 0 ? t('next.leadsAndQuiet', { count: leads.quiet }) : t('next.leadsText');
    return [{ heading: t('next.leads', { count: leads.new }), text, ...list }];
  }
  return leads.quiet > 0
    ? [{ heading: t('next.quiet', { count: leads.quiet }), text: t('next.quietText'), ...list }]
    : [];
}

/** Other actions, as links. */
function Also({ steps }: { readonly steps: readonly Step[] }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" mt={6}>
      <Text size="sm">{t('next.also')}</Text>
      {steps.map(({ heading, to }) => (
        <Anchor
          key={to}
          component={Link}
          to={to}
          size="sm"
          c="inherit"
          underline="always"
          style={{ overflowWrap: 'anywhere' }}
        >
          {heading}
        </Anchor>
      ))}
    </Group>
  );
}
