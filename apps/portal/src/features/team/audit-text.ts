import { useTranslation } from 'react-i18next';
import type { AuditEntryView } from '#contracts';
import { useFormat } from '../../shared/format';
import { useTranslateCode } from '../../shared/translate-code';
import { useRoleName } from './roles';

/**
 * Details that users understand, in display order.
 * Ids and hashes are only in the API.
 */
const FACTS = [
  'name',
  'tags',
  'email',
  'role',
  'number',
  'version',
  'versions',
  'partnerGroup',
  'partnerGroups',
  'forEveryone',
  'opensOn',
  'closesOn',
  'lastDay',
  'campaignsLastDay',
  'approvedAlone',
  'warnings',
  'tier',
  'tiers',
  'up',
  'down',
  'region',
  'externalId',
  'attributes',
  'reason',
  'basis',
  'scope',
  'source',
  'count',
  'rows',
  'suppressed',
  'unreadable',
  'fields',
  'domain',
  'before',
  'host',
  'purpose',
  'port',
  'url',
  'eventTypes',
  'provider',
  'doubleOptIn',
  'atMostEveryDays',
  'refusedTopic',
  'days',
  'until',
  'secondFactorRequired',
] as const;

/** Its detail `name` is the person of the vendor. */
const TOTALS_READ = 'shared-totals.read';

const INSTANT = /^\d{4}-\d\d-\d\dT/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Texts for the codes of audit entries. */
export function useAuditText() {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const roleName = useRoleName();
  const translateCode = useTranslateCode();
  const spoken = (fact: string, value: unknown): string => {
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
    if (typeof value === 'number') return format.number(value);
    if (Array.isArray(value)) return value.map((one) => spoken(fact, one)).join(', ');
    if (typeof value !== 'string') return JSON.stringify(value);
    if (fact === 'role') return roleName(value);
    if (INSTANT.test(value)) return format.moment(value);
    if (DAY.test(value)) return format.day(value);
    const key = `audit.value.${value}`;
    if (i18n.exists(key)) return t(key as 'audit.value.consent');
    return fact === 'reason' ? translateCode('reasons', value, value) : value;
  };
  return {
    /** All actions, sorted by label. */
    deeds: (): { readonly value: string; readonly label: string }[] =>
      Object.entries(t('audit.did', { returnObjects: true }))
        .flatMap(([noun, done]) =>
          Object.entries(done).map(([verb, label]: [string, string]) => ({ value: `${noun}.${verb}`, label })),
        )
        .sort((a, b) => a.label.localeCompare(b.label)),
    /**
     * Text of an action.
     * An action without a text is shown as stored.
     */
    deed: (action: string): string => {
      const key = `audit.did.${action}`;
      return i18n.exists(key) ? t(key as 'audit.did.activation.launched') : action;
    },
    /** Who did it. A process records for a person of the vendor that it looked. */
    who: ({
      actorKind,
      actorName,
      action,
      details,
    }: Pick<AuditEntryView, 'actorKind' | 'actorName' | 'action' | 'details'>): string => {
      if (actorKind !== 'system') return actorName;
      const { name } = details;
      return action === TOTALS_READ && typeof name === 'string' ? name : t('audit.ourselves');
    },
    facts: (details: Readonly<Record<string, unknown>>): { readonly label: string; readonly value: string }[] =>
      FACTS.filter((fact) => details[fact] !== undefined && details[fact] !== null && details[fact] !== '').map(
        (fact) => ({ label: t(`audit.fact.${fact}`), value: spoken(fact, details[fact]) }),
      ),
  };
}
