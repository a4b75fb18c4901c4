import type { AttributeKind } from '#contracts';

/** A definition that many programmes have; its texts are in the file of each language. */
interface Proposal {
  readonly key: 'industries' | 'capabilities' | 'certification' | 'businessModel' | 'partnerType' | 'size';
  readonly kind: AttributeKind;
  readonly owner: 'vendor' | 'partner';
}

export const PROPOSALS = [
  { key: 'industries', kind: 'choices', owner: 'partner' },
  { key: 'capabilities', kind: 'choices', owner: 'partner' },
  { key: 'certification', kind: 'certification', owner: 'vendor' },
  { key: 'businessModel', kind: 'choices', owner: 'partner' },
  { key: 'partnerType', kind: 'choice', owner: 'vendor' },
  { key: 'size', kind: 'choice', owner: 'partner' },
] as const satisfies readonly Proposal[];
export type ProposalKey = (typeof PROPOSALS)[number]['key'];
