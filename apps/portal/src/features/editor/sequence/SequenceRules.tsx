import { Accordion, Alert, Group, NativeSelect, Select, Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Document } from 'yaml';
import { useGateText } from '../../../shared/gate-text';
import type { Problem } from '../../../shared/gates';
import type { Choices } from './choices';
import { Blackouts, Holidays, PublicHolidays } from './DayRules';
import { Exits, Goals } from './EndRules';
import { HoldOutRule } from './HoldOutRule';
import { EntryRules } from './EntryRules';
import type { WrittenLeads } from './lead-rules';
import { LeadRules } from './LeadRules';
import { PARTNER_CHANGES, partnerChangeOf, type WrittenRules, writeRule, toPartnerChanges } from './rules';
import { Weekdays } from './WaitFields';
import { TimeInput } from '../../../shared/dates';
import { NumberField } from '../../../shared/NumberField';

const ZONES = Intl.supportedValuesOf('timeZone');
/** Default quiet hours: lunch time. */
const FIRST_QUIET = { from: '12:00', to: '13:00' };
const HALF_A_YEAR = 180;

export interface RulesProps {
  readonly rules: WrittenRules;
  readonly choices: Choices;
  readonly onWrite: <Rule extends keyof WrittenRules>(rule: Rule, value: WrittenRules[Rule] | null) => void;
}

interface SequenceRulesProps extends Omit<RulesProps, 'onWrite'> {
  readonly leads: WrittenLeads;
  /** Problems of the sequence or the lead rules that belong to no step. */
  readonly problems: readonly Problem[];
  readonly onChange: (change: (document: Document) => void) => void;
}

/**
 * Edits the rules of a whole sequence: entries, send times, excluded days, exits, goals,
 * leads, and what partners can change.
 */
export function SequenceRules({ leads, problems, onChange, ...props }: SequenceRulesProps) {
  const { t } = useTranslation();
  const gateText = useGateText();
  const onWrite: RulesProps['onWrite'] = (rule, value) => onChange((document) => writeRule(document, rule, value));
  const parts = [
    { name: 'entries', Part: EntryRules },
    { name: 'when', Part: Hours },
    { name: 'days', Part: Days },
    { name: 'ends', Part: Ends },
    { name: 'partners', Part: Partners },
    { name: 'holdOut', Part: HoldOutRule },
  ] as const;
  return (
    <Stack gap="sm" component="section" aria-label={t('rules.title')}>
      {problems.map((problem, at) => (
        <Alert key={at} color={problem.severity === 'error' ? 'red' : 'yellow'} p="sm">
          <Text size="sm">{gateText(problem)}</Text>
        </Alert>
      ))}
      <Accordion variant="contained" multiple defaultValue={['when']} order={2}>
        {parts.map(({ name, Part }) => (
          <Accordion.Item key={name} value={name}>
            <Accordion.Control>{t(`rules.part.${name}`)}</Accordion.Control>
            <Accordion.Panel>
              <Part {...props} onWrite={onWrite} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
        <Accordion.Item value="leads">
          <Accordion.Control>{t('rules.part.leads')}</Accordion.Control>
          <Accordion.Panel>
            <LeadRules leads={leads} choices={props.choices} onChange={onChange} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}

function Hours(props: RulesProps) {
  return (
    <Stack gap="md">
      <Window {...props} />
      <QuietHours {...props} />
      <ZoneAndLimit {...props} />
    </Stack>
  );
}

interface HourProps {
  readonly label: string;
  readonly time: string | undefined;
  readonly onTime: (time: string) => void;
}

function Hour({ label, time, onTime }: HourProps) {
  return (
    <TimeInput
      label={label}
      value={time ?? ''}
      onChange={({ currentTarget: { value } }) => value !== '' && onTime(value)}
    />
  );
}

/** Hours and days on which messages are sent. */
export function Window({ rules: { window = {} }, onWrite }: RulesProps) {
  const { t } = useTranslation();
  return (
    <Group align="flex-end">
      <Hour label={t('hours.from')} time={window.from} onTime={(from) => onWrite('window', { ...window, from })} />
      <Hour label={t('hours.to')} time={window.to} onTime={(to) => onWrite('window', { ...window, to })} />
      <Weekdays
        label={t('hours.days')}
        days={window.weekdays ?? []}
        onWrite={(weekdays) => onWrite('window', { ...window, weekdays })}
      />
    </Group>
  );
}

function QuietHours({ rules: { quietHours }, onWrite }: RulesProps) {
  const { t } = useTranslation();
  return (
    <Group align="flex-end">
      <Switch
        label={t('rules.quiet')}
        checked={quietHours !== undefined}
        pb={8}
        onChange={({ currentTarget: { checked } }) => onWrite('quietHours', checked ? FIRST_QUIET : null)}
      />
      {quietHours !== undefined && (
        <>
          <Hour
            label={t('rules.quietFrom')}
            time={quietHours.from}
            onTime={(from) => onWrite('quietHours', { ...quietHours, from })}
          />
          <Hour
            label={t('rules.quietTo')}
            time={quietHours.to}
            onTime={(to) => onWrite('quietHours', { ...quietHours, to })}
          />
        </>
      )}
    </Group>
  );
}

function ZoneAndLimit({ rules: { timeZone, dailyLimit }, onWrite }: RulesProps) {
  const { t } = useTranslation();
  return (
    <Group align="flex-start">
      <Select
        label={t('rules.zone')}
        description={t('rules.zoneWhy')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('rules.clear') }}
        limit={60}
        data={ZONES}
        value={timeZone ?? null}
        onChange={(zone) => onWrite('timeZone', zone)}
      />
      <NumberField
        label={t('rules.limit')}
        description={t('rules.limitWhy')}
        min={1}
        max={1_000_000}
        value={dailyLimit ?? ''}
        onChange={(limit) => onWrite('dailyLimit', typeof limit === 'number' ? limit : null)}
      />
    </Group>
  );
}

function Days(props: RulesProps) {
  return (
    <Stack gap="lg">
      <PublicHolidays {...props} />
      <Holidays {...props} />
      <Blackouts {...props} />
    </Stack>
  );
}

function Ends(props: RulesProps) {
  const { t } = useTranslation();
  const { rules, onWrite } = props;
  const after = rules.reentry?.afterDays;
  return (
    <Stack gap="lg">
      <Exits {...props} />
      <Goals {...props} />
      <Group align="flex-end">
        <Switch
          label={t('rules.reentry')}
          checked={after !== undefined}
          pb={8}
          onChange={({ currentTarget: { checked } }) => onWrite('reentry', checked ? { afterDays: HALF_A_YEAR } : null)}
        />
        {after !== undefined && (
          <NumberField
            label={t('rules.afterDays')}
            min={1}
            max={1825}
            value={after}
            onChange={(days) => typeof days === 'number' && onWrite('reentry', { afterDays: days })}
          />
        )}
      </Group>
    </Stack>
  );
}

function Partners({ rules: { partnerMay }, onWrite }: RulesProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('rules.partnerMay')}
      maw={420}
      value={partnerChangeOf(partnerMay) ?? 'nothing'}
      data={PARTNER_CHANGES.map((value) => ({ value, label: t(`rules.may.${value}`) }))}
      onChange={(event) => onWrite('partnerMay', toPartnerChanges(event.currentTarget.value))}
    />
  );
}
