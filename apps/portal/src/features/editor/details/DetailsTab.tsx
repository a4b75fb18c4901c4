import { ColorInput, Group, Paper, SimpleGrid, Stack, Switch, Text, Textarea, TextInput, Title } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../shared/format';
import type { Problem } from '../../../shared/gates';
import type { Tactics } from '../../../shared/tactic-names';
import { BlurTextInput } from '../BlurTextInput';
import { BrokenFile } from '../BrokenFile';
import { catalogueOf } from '../copy-table';
import type { EditSession } from '../edit-session';
import { choicesOf } from '../sequence/choices';
import { Blackouts, Holidays, PublicHolidays } from '../sequence/DayRules';
import { Goals } from '../sequence/EndRules';
import { readRules, writeRule } from '../sequence/rules';
import { type RulesProps, Window } from '../sequence/SequenceRules';
import { useUndo } from '../undo';
import { UndoButton } from '../UndoButton';
import { changeYaml, readYaml } from '../yaml-file';
import {
  COLOURS,
  readDetails,
  readLocks,
  withColour,
  withRequiredLock,
  withTextIn,
  withTheme,
  type WrittenDetails,
} from './campaign-details';
import { Languages } from './Languages';
import { Links } from './Links';

const FILE = 'campaign.yaml';
const MOST = { title: 200, summary: 600, theme: 60 } as const;

interface DetailsTabProps {
  readonly edits: EditSession;
  readonly locale: string;
  /** Of the working copy. */
  readonly tactics: Tactics;
  readonly onJump: (place: Pick<Problem, 'file' | 'line' | 'column'>) => void;
}

/** Edits a campaign as a whole: words for partners, languages, links, goals, dates, required parts. */
export default function DetailsTab({ edits, locale, tactics, onJump }: DetailsTabProps) {
  const { t } = useTranslation();
  const { canUndo, undo, write } = useUndo(edits, 'details');
  const campaign = edits.textOf(FILE);
  const details = readDetails(campaign);
  if (details === null) {
    const file = readYaml(campaign);
    return <BrokenFile file={FILE} line={file.ok ? 1 : file.line} onJump={onJump} />;
  }
  const writeCampaign = (text: string): void => write({ [FILE]: text });
  const rules: RulesProps = {
    rules: readRules(campaign),
    choices: choicesOf(campaign, edits.textOf(catalogueOf(locale))),
    onWrite: (rule, value) => writeCampaign(changeYaml(campaign, (document) => writeRule(document, rule, value))),
  };
  return (
    <Stack>
      <Group justify="space-between" align="flex-start">
        <Text size="sm" c="dimmed" maw={720}>
          {t('details.lead')}
        </Text>
        <UndoButton canUndo={canUndo} onUndo={undo} />
      </Group>
      <Section title={t('details.words')} lead={t('details.wordsWhy')}>
        <Words details={details} campaign={campaign} onWrite={writeCampaign} />
      </Section>
      <Section title={t('details.languages')} lead={t('details.languagesWhy')}>
        {/* Undo has no deleted files; removing asks first. */}
        <Languages texts={edits.texts} locales={details.locales} onWrite={edits.write} />
      </Section>
      <Section title={t('details.links')} lead={t('details.linksWhy')}>
        <Links texts={edits.texts} locales={details.locales} tactics={tactics} onWrite={write} />
      </Section>
      <Section title={t('details.goal')} lead={t('details.goalWhy')}>
        <Goals {...rules} />
      </Section>
      <Section title={t('details.dates')} lead={t('details.datesWhy')}>
        <Stack gap="lg">
          <Window {...rules} />
          <PublicHolidays {...rules} />
          <Holidays {...rules} />
          <Blackouts {...rules} />
        </Stack>
      </Section>
      <Section title={t('details.colours')} lead={t('details.coloursWhy')}>
        <Colours details={details} campaign={campaign} onWrite={writeCampaign} />
      </Section>
      <Section title={t('details.locks')} lead={t('details.locksWhy')}>
        <Locks texts={edits.texts} locale={details.locales[0] ?? locale} onWrite={writeCampaign} />
      </Section>
    </Stack>
  );
}

interface SectionProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

function Section({ title, lead, children }: SectionProps) {
  const id = useId();
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby={id}>
      <Title order={2} size="h3" id={id}>
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {lead}
      </Text>
      {children}
    </Paper>
  );
}

interface WordsProps {
  readonly details: WrittenDetails;
  readonly campaign: string;
  readonly onWrite: (campaign: string) => void;
}

/** Title and summary in each language, and the theme. */
function Words({ details: { title, summary, theme, locales }, campaign, onWrite }: WordsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, md: Math.min(locales.length, 2) }}>
        {locales.map((tag) => (
          <Stack key={tag} gap="sm" lang={tag}>
            <BlurText
              label={t('details.titleIn', { language: format.language(tag) })}
              value={title[tag] ?? ''}
              maxLength={MOST.title}
              onWrite={(text) => onWrite(withTextIn(campaign, 'title', tag, text))}
            />
            <BlurText
              isLong
              label={t('details.summaryIn', { language: format.language(tag) })}
              value={summary[tag] ?? ''}
              maxLength={MOST.summary}
              onWrite={(text) => onWrite(withTextIn(campaign, 'summary', tag, text))}
            />
          </Stack>
        ))}
      </SimpleGrid>
      <Group maw={420}>
        <BlurTextInput
          label={t('details.theme')}
          value={theme}
          onWrite={(text) => onWrite(withTheme(campaign, text))}
        />
      </Group>
    </Stack>
  );
}

interface BlurTextProps {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly isLong?: boolean;
  readonly onWrite: (text: string) => void;
}

/** Commits on blur; an empty text is refused with a message. */
function BlurText({ label, value, maxLength, isLong = false, onWrite }: BlurTextProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? value;
  const commit = (): void => {
    const text = shown.trim().replaceAll(/\s+/g, ' ');
    if (text === '') return;
    if (text !== value) onWrite(text);
    setTyped(null);
  };
  const props = {
    label,
    required: true,
    value: shown,
    maxLength,
    error: shown.trim() === '' && t('details.needed'),
    onBlur: commit,
  };
  return isLong ? (
    <Textarea {...props} autosize minRows={3} onChange={(event) => setTyped(event.currentTarget.value)} />
  ) : (
    <TextInput
      {...props}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}

/** Colours for partners without a brand profile. */
function Colours({ details: { colours }, campaign, onWrite }: WordsProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }}>
      {COLOURS.map((colour) => (
        <ColorInput
          key={`${colour} ${colours[colour] ?? ''}`}
          label={t(`details.colour.${colour}`)}
          defaultValue={colours[colour] ?? ''}
          eyeDropperButtonProps={{ 'aria-label': t('details.pick') }}
          onChangeEnd={(value) => {
            if (/^#[0-9a-f]{6}$/i.test(value) && value !== colours[colour])
              onWrite(withColour(campaign, colour, value));
          }}
        />
      ))}
    </SimpleGrid>
  );
}

interface LocksProps {
  readonly texts: Readonly<Record<string, string>>;
  readonly locale: string;
  readonly onWrite: (campaign: string) => void;
}

/** Parts that every e-mail must have, with their words. */
function Locks({ texts, locale, onWrite }: LocksProps) {
  const { t } = useTranslation();
  const locks = readLocks(texts, locale);
  const required = locks.filter(({ isRequired }) => isRequired);
  return (
    <Stack gap="md">
      <Text size="sm">{t('details.always')}</Text>
      {locks.map(({ name, words, isRequired, missingIn }) => (
        <div key={name}>
          <Switch
            label={t('details.lock', { name })}
            checked={isRequired}
            // A campaign has at least one.
            disabled={isRequired && required.length === 1}
            onChange={({ currentTarget: { checked } }) => onWrite(withRequiredLock(texts[FILE] ?? '', name, checked))}
          />
          <Text size="sm" c="dimmed" lineClamp={3} mt={4} lang={locale}>
            {words}
          </Text>
          {missingIn.length > 0 && (
            <Text size="sm" c={isRequired ? 'red' : 'dimmed'}>
              {t('details.missingIn', { emails: missingIn.join(', ') })}
            </Text>
          )}
        </div>
      ))}
    </Stack>
  );
}
