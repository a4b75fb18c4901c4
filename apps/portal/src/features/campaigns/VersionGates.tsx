import { Collapse, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { type CampaignVersionDetail, MUST_CONFIRM } from '#contracts';
import { useCan } from '../../shared/session';
import { type GateConfirmation, GateList } from '../../shared/GateList';
import { groupByGate, gateOf, type Problem } from '../../shared/gates';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { confirmTexts } from './api';
import { adviceOn, confirmedBy, holdingBack } from './version-notes';

/**
 * Anchor of the checklist.
 * The action buttons link to it.
 */
export const GATES_ID = 'version-gates';

/** Text such as "8 of 9 gates passed"; suggestions are no failure. */
export function useGateSummary(): (version: CampaignVersionDetail) => string {
  const { t } = useTranslation();
  return (version) => {
    const { confirmations } = version;
    const gates = groupByGate(adviceOn(version).filter((problem) => confirmedBy(confirmations, problem) === null));
    const found = gates.filter(({ problems }) => problems.length > 0).map(({ gate }) => gate);
    const isOpen = linkState(version) !== null && !found.includes('links');
    const passed = gates.length - found.length - Number(isOpen);
    const notes = gates.flatMap(({ problems }) => problems);
    if (notes.length > 0 && notes.every(({ severity }) => severity !== 'error')) {
      const { length: count } = holdingBack(version);
      if (version.status === 'draft' && count > 0) return t('gates.toConfirm', { count });
      return t('gates.onlySuggestions', { count: notes.length });
    }
    return passed === gates.length
      ? t('gates.allPassed', { count: gates.length })
      : t('gates.somePassed', { passed, count: gates.length });
  };
}

/**
 * Quality gates of a version as a checklist.
 * Each item links to the file for users who can edit it, else to the preview.
 */
export function VersionGates({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const canEdit = useCan()('campaigns.edit');
  const navigate = useNavigate();
  const state = useGateSummary();
  const [chosen, setChosen] = useState<boolean | null>(null);
  // Closed at first: a long list would push the previews out of view. The
  // action buttons link to it, which opens it.
  const { hash } = useLocation();
  const opened = chosen ?? hash === `#${GATES_ID}`;
  const links = linkState(version);
  const confirmation = useConfirmation(version);
  const jump = async (problem: Problem): Promise<void> => {
    if (canEdit) await navigate(`edit?${filePlace(problem)}`);
    else await navigate(`?${shownPlace(problem)}`);
  };
  const Sign = opened ? IconChevronDown : IconChevronRight;
  return (
    <Stack component="section" gap="xs" id={GATES_ID} aria-labelledby="gates">
      <UnstyledButton onClick={() => setChosen(!opened)} aria-expanded={opened} style={{ alignSelf: 'flex-start' }}>
        <Group gap="xs" wrap="nowrap">
          <Sign size={18} aria-hidden />
          <Text fw={600} id="gates">
            {t('editor.gates')}
          </Text>
          <Text size="sm" c="dimmed">
            {state(version)}
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={opened}>
        <GateList
          problems={adviceOn(version)}
          onJump={(problem) => void jump(problem)}
          confirmation={confirmation.gates}
          tactics={version.tactics}
          {...(links === null ? {} : { open: { links: t(`gates.${links}`) } })}
        />
        <ProblemNote error={confirmation.error} />
      </Collapse>
    </Stack>
  );
}

/** Confirmations of texts of a draft, for users who may submit it. */
function useConfirmation(version: CampaignVersionDetail): {
  readonly gates: GateConfirmation;
  readonly error: unknown;
} {
  const can = useCan();
  const client = useQueryClient();
  const { status, confirmations } = version;
  const confirm = useMutation({
    mutationFn: (problems: readonly Problem[]) => confirmTexts(version, problems),
    onSuccess: () => invalidate(client, queryKeys.campaignVersions),
  });
  const mayConfirm = status === 'draft' && can('campaigns.submit');
  return {
    error: confirm.error,
    gates: {
      isOpen: (problem) => MUST_CONFIRM.includes(problem.code) && confirmedBy(confirmations, problem) === null,
      confirmedBy: (problem) => confirmedBy(confirmations, problem),
      onConfirm: mayConfirm ? (problems) => confirm.mutate(problems) : undefined,
      isPending: confirm.isPending,
    },
  };
}

/** Why there is no result of the link check; null where there is one. */
function linkState({
  linkCheckRequestedAt,
  linksCheckedAt,
}: Pick<CampaignVersionDetail, 'linkCheckRequestedAt' | 'linksCheckedAt'>): 'linksAsked' | 'linksNever' | null {
  const isWaiting = linkCheckRequestedAt !== null && (linksCheckedAt === null || linksCheckedAt < linkCheckRequestedAt);
  if (isWaiting) return 'linksAsked';
  return linksCheckedAt === null ? 'linksNever' : null;
}

const filePlace = ({ code, message, file, line, column }: Problem): string =>
  new URLSearchParams({
    correct: code,
    message,
    file,
    ...(line === null ? {} : { line: String(line) }),
    ...(column === null ? {} : { column: String(column) }),
  }).toString();

/** The tab that shows the subject of a problem. */
function shownPlace({ file, code }: Problem): string {
  const [, kind, key] = /^(emails|pages|documents|social)\/([a-z][a-z0-9-]*)\./.exec(file) ?? [];
  if (kind !== undefined && key !== undefined)
    return new URLSearchParams({ tab: 'preview', show: `${kind} ${key}` }).toString();
  const gate = gateOf(code);
  if (gate === 'sequence') return 'tab=sequence';
  return gate === 'slots' || gate === 'locks' ? 'tab=contents' : 'tab=preview';
}
