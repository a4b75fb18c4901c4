/** What makes a person enter a sequence: fields of an entry in `campaign.yaml`. */
export const ENTRY_KINDS = ['launch', 'joined', 'form', 'document', 'event', 'lead', 'field', 'date'] as const;
