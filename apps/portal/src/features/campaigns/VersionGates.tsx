import { Collapse, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { CampaignVersionDetail } from '#contracts';
import { useCan } from '../../shared/session';
import { GateList } from '../../shared/GateList';
import { groupByGate, gateOf, type Problem } from '../../shared/gates';

/**
 * Anchor of the checklist.
 * The action buttons link to it.
 */
export const GATES_ID = 'version-gates';

/**
 * Warnings of the quality gates at upload, and later ones about links.
 * A package that fails a gate never becomes a version.
 */
const adviceOn = ({ warnings }: Pick<CampaignVersionDetail, 'warnings'>): Problem[] =>
  warnings.map((said) => ({ ...said, severity: 'warning' as const }));

/** Text such as "8 of 9 gates passed". */
export function useGateSummary(): (version: CampaignVersionDetail) => string {
  const { t } = useTranslation();
  return (version) => {
    const gates = groupByGate(adviceOn(version));
    const found = gates.filter(({ problems }) => problems.length > 0).map(({ gate }) => gate);
    const isOpen = linkState(version) !== null && !found.includes('links');
    const passed = gates.length - found.length - Number(isOpen);
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
          {...(links === null ? {} : { open: { links: t(`gates.${links}`) } })}
        />
      </Collapse>
    </Stack>
  );
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

const filePlace = ({ file, line, column }: Problem): string =>
  new URLSearchParams({
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
