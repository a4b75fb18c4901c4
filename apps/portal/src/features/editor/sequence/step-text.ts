import {
  IconArrowsSplit2,
  IconClock,
  IconHourglass,
  IconMail,
  IconMessage2Share,
  IconBell,
  IconTargetArrow,
  IconWebhook,
  type Icon,
} from '@tabler/icons-react';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { useDateRuleText } from '../../../shared/date-rule-text';
import { useFormat } from '../../../shared/format';
import { partnerChangeOf } from './rules';
import type { StepType } from '#contracts';
import { entryKindOf, type WrittenEntry } from './entries';
import { SequenceNames } from './sequence-names';
import type { WrittenStep, WrittenWait, WrittenBranch } from './steps';

export const STEP_ICONS: Readonly<Record<StepType, Icon>> = {
  email: IconMail,
  post: IconMessage2Share,
  notify: IconBell,
  createLead: IconTargetArrow,
  webhook: IconWebhook,
  wait: IconClock,
  until: IconHourglass,
  branch: IconArrowsSplit2,
};

/** Texts for steps, waits and conditions. */
export function useStepText() {
  const { t } = useTranslation();
  const format = useFormat();
  const dateRuleText = useDateRuleText();
  const nameOf = useContext(SequenceNames);
  const wait = ({ days = 0, hours = 0, businessDays, until, at, weekdays }: WrittenWait): string => {
    if (businessDays !== undefined) return t('steps.businessDays', { count: businessDays });
    if (until !== undefined) return t('steps.untilDate', { day: format.shortDay(until) });
    if (weekdays !== undefined)
      return t('steps.untilWeekday', {
        days: weekdays.map((day) => t(`sequence.day.${day as 'mon'}`)).join(', '),
        at: at ?? '00:00',
      });
    const parts = [
      days > 0 ? t('steps.days', { count: days }) : '',
      hours > 0 || days === 0 ? t('steps.hours', { count: hours }) : '',
    ];
    return parts.filter((part) => part !== '').join(' ');
  };
  const way = (written: WrittenBranch): string => {
    if (written.click !== undefined)
      return written.click === 'any' ? t('steps.when.anyClick') : t('steps.when.click', { link: written.click });
    if (written.form !== undefined) return t('steps.when.form');
    if (written.event !== undefined) return t('steps.when.event', { name: written.event });
    if (written.lead !== undefined) return t('steps.when.lead');
    if (written.list !== undefined) return t('steps.when.list', { list: written.list });
    if (written.date !== undefined) return t('steps.when.date', { day: format.shortDay(written.date) });
    if (written.field !== undefined)
      return t(written.isNot === undefined ? 'steps.when.is' : 'steps.when.isNot', {
        field: written.field,
        values: (written.is ?? written.isNot ?? []).join(', '),
      });
    return t('steps.when.reply');
  };
  /** An e-mail has the name of its subject, and a post that of its text. */
  const step = (written: WrittenStep): string => {
    const { email, post, webhook } = written;
    if (written.kind === 'wait') return t('steps.waits', { time: wait(written.wait ?? {}) });
    const named = email === undefined ? nameOf('social', post ?? '') : nameOf('emails', email);
    const about = named ?? email ?? post ?? webhook;
    const kind = t(`steps.kind.${written.kind}`);
    return about === undefined ? kind : `${kind}: ${about}`;
  };
  /**
   * Days on which an action is allowed, what partners can change if the step
   * overrides the sequence, and what it tests.
   */
  const rules = ({ valid = {}, partnerMay, test, testTimes }: WrittenStep): string[] => {
    const may = partnerChangeOf(partnerMay);
    const { from, to } = valid;
    return [
      ...(from !== undefined && to !== undefined
        ? [t('rules.between', { from: format.shortDay(from), to: format.shortDay(to) })]
        : []),
      ...(from !== undefined && to === undefined ? [t('rules.notBefore', { from: format.shortDay(from) })] : []),
      ...(from === undefined && to !== undefined ? [t('rules.notAfter', { to: format.shortDay(to) })] : []),
      ...(may === undefined ? [] : [t(`rules.mayShort.${may}`)]),
      ...(test === undefined ? [] : [t('experiments.tests.email')]),
      ...(testTimes === undefined ? [] : [t('experiments.tests.time')]),
    ];
  };
  const entry = (written: WrittenEntry): string => {
    const kind = entryKindOf(written);
    if (kind === 'field') return way(written);
    if (kind === 'date')
      return dateRuleText(written.date ?? 'renewsOn', written.daysAfter ?? -(written.daysBefore ?? 0));
    return kind === 'event' ? t('entries.short.event', { name: written.event }) : t(`entries.short.${kind}`);
  };
  return { wait, way, step, rules, entry };
}

/** Options of a select: numbers and titles of steps, which are stored by their keys. */
export function useStepOptions(steps: readonly WrittenStep[]): { readonly value: string; readonly label: string }[] {
  const { t } = useTranslation();
  const stepText = useStepText();
  return steps.map((step, at) => ({
    value: step.key,
    label: t('steps.label', { number: at + 1, title: stepText.step(step) }),
  }));
}
