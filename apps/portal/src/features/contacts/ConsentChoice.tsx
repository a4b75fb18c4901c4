import { Radio, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CONSENT_BASES, type ConsentBasis } from '../../shared/contacts/consent';

interface ConsentChoiceProps {
  /** The question: of one person, or of many. */
  readonly label: string;
  /** Null until somebody has chosen: a basis that nobody chose is none. */
  readonly basis: ConsentBasis | null;
  readonly evidence: string;
  readonly onBasis: (basis: ConsentBasis) => void;
  readonly onEvidence: (evidence: string) => void;
}

/** Asks on what basis one may write to whom one brings in, with what each means and how one knows. */
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
