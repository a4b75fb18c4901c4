import { Radio, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CONSENT_BASES, type ConsentBasis } from '../../shared/contacts/consent';

interface ConsentChoiceProps {
  /** Question above the choices, for one or for many contacts. */
  readonly label: string;
  /**
   * Null until chosen.
   * There is no default for a legal basis.
   */
  readonly basis: ConsentBasis | null;
  readonly evidence: string;
  readonly onBasis: (basis: ConsentBasis) => void;
  readonly onEvidence: (evidence: string) => void;
}

/**
 * Asks a partner for the legal basis of sending, with an explanation and the
 * evidence.
 */
export function ConsentChoice({ label, basis, evidence, onBasis, onEvidence }: ConsentChoiceProps) {
  const { t } = useTranslation();
  return (
    <>
      <Radio.Group label={label} description={t('import.basisWhy')} value={basis} onChange={onBasis} required>
        <Stack gap="xs" mt="sm">
          {CONSENT_BASES.map((one) => (
            <Radio key={one} value={one} label={t(`consent.${one}`)} description={t(`consentWhat.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label={t('import.evidence')}
        description={t('import.evidenceWhy')}
        value={evidence}
        maxLength={500}
        onChange={(event) => onEvidence(event.currentTarget.value)}
      />
    </>
  );
}
