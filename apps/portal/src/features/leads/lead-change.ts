import type { LeadView } from '#contracts';

/** Properties of the controls that change a lead. */
export interface LeadChangeProps {
  readonly lead: LeadView;
  /** Called with the lead after the server has stored the change. */
  readonly onChanged?: ((lead: LeadView) => void) | undefined;
}
