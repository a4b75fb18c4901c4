import type { Amount } from '#contracts';
import { type ActivationId, type ContactId, DomainError, type LeadId, type PartnerId } from '#kernel';

/** Where a lead can go from where it is. */
const NEXT = {
  new: ['accepted', 'lost'],
  accepted: ['working', 'won', 'lost'],
  working: ['won', 'lost'],
  won: [],
  lost: ['working'],
} as const satisfies Record<string, readonly string[]>;

export type LeadStatus = keyof typeof NEXT;

/** A contact whose own act qualified; the partner's alone until it discloses it. */
export interface Lead {
  readonly id: LeadId;
  readonly partnerId: PartnerId;
  readonly contactId: ContactId;
  readonly activationId: ActivationId;
  readonly source: 'form' | 'sequence';
  readonly status: LeadStatus;
  readonly message: string | null;
  /** What the deal is worth, as far as it is known. */
  readonly amount: Amount | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** @throws DomainError `lead.state` when the way is not open. */
export function checkLeadMove(from: LeadStatus, to: LeadStatus): void {
  if ((NEXT[from] as readonly string[]).includes(to)) return;
  throw new DomainError(
    'lead.state',
    `This lead is ${from}; it cannot become ${to}.`,
    { field: 'status', from, to },
    { kind: 'conflict' },
  );
}
