import { Alert, Button, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DEAL_FIELDS, type DealField } from '#contracts';
import { ApiProblem } from '../api';
import { useFormat } from '../format';

/** Who changed a field, and when. */
interface FieldChange {
  readonly field: DealField;
  readonly by: string;
  readonly at: string;
}

/** Who changed which fields since the form was opened; null: the error is another one. */
export function meanwhileChanges(error: unknown): readonly FieldChange[] | null {
  if (!(error instanceof ApiProblem) || error.problem.code !== 'deal.stale') return null;
  const changes: unknown = error.problem.details?.['changes'];
  return Array.isArray(changes) ? changes.filter(isFieldChange) : [];
}

/** The version of a deal that was changed since the user saw it; null: the error is another one. */
export function staleVersion(error: unknown): number | null {
  if (meanwhileChanges(error) === null || !(error instanceof ApiProblem)) return null;
  const version: unknown = error.problem.details?.['version'];
  return typeof version === 'number' ? version : null;
}

function isFieldChange(given: unknown): given is FieldChange {
  if (typeof given !== 'object' || given === null || !('field' in given && 'by' in given && 'at' in given))
    return false;
  return (
    DEAL_FIELDS.some((field) => field === given.field) && typeof given.by === 'string' && typeof given.at === 'string'
  );
}

interface StaleDealProps {
  readonly changes: readonly FieldChange[];
  /** Null: the current values are being read. */
  readonly onReload: (() => void) | null;
}

/** Tells who changed the same fields meanwhile, and shows the current values beside what was typed. */
export function StaleDeal({ changes, onReload }: StaleDealProps) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" title={t('deals.stale')} role="alert">
      <StaleChanges changes={changes} />
      <Text size="sm" mt="xs">
        {t('deals.staleHow')}
      </Text>
      <Button variant="default" size="xs" mt="sm" loading={onReload === null} onClick={() => onReload?.()}>
        {t('deals.staleReload')}
      </Button>
    </Alert>
  );
}

/** Who changed which fields when. */
export function StaleChanges({ changes }: Pick<StaleDealProps, 'changes'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <List size="sm" spacing={4}>
      {changes.map(({ field, by, at }) => (
        <List.Item key={field}>
          {t('deals.staleChange', { field: t(`dealImport.field.${field}`), by, at: format.moment(at) })}
        </List.Item>
      ))}
    </List>
  );
}
