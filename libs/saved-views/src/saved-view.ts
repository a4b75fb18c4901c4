import { TABLES_OF, type ViewMail, type ViewScreen, type ViewTableName } from '#contracts';
import { can, type Permission } from '#identity';
import { DomainError, type Id, type OrganisationId, type PartnerActor, type UserId, type VendorActor } from '#kernel';

export type SavedViewId = Id<'saved-view'>;

/** A person of an organisation. */
export interface ViewReader {
  readonly actor: VendorActor | PartnerActor;
  readonly userId: UserId;
  readonly organisationId: OrganisationId;
  readonly timeZone: string;
  /** False: the person has stopped all e-mails with saved views. */
  readonly wantsMails: boolean;
}

/** A screen with its filters, sort and period, under a name. */
export interface SavedView {
  readonly id: SavedViewId;
  readonly organisationId: OrganisationId;
  /** Null: has left. */
  readonly ownerId: UserId | null;
  readonly ownerName: string;
  readonly name: string;
  readonly screen: ViewScreen;
  readonly query: string;
  readonly isShared: boolean;
}

/** When a person gets a view. */
export type ScheduledMail = ViewMail & { readonly table: ViewTableName; readonly nextAt: Date };

/** What a person must be allowed to do to see a screen, by side. */
const NEEDS: Readonly<Record<ViewScreen, Partial<Record<ViewReader['actor']['kind'], Permission>>>> = {
  '/campaign-results': { vendor: 'vendor-insight.read' },
  '/campaigns': { vendor: 'campaigns.read' },
  '/partners': { vendor: 'partners.read' },
  '/partner-activity': { vendor: 'vendor-activations.read' },
  '/costs': { vendor: 'vendor-costs.read', partner: 'partner-costs.read' },
  '/results': { partner: 'activations.read' },
  '/deals': { partner: 'leads.read' },
};

const mayDo = (actor: ViewReader['actor'], need: Permission | undefined): boolean =>
  need !== undefined && can(actor, need);

/** Whether the screen is one of the actor's side, and the role may see it. */
export const maySee = (actor: ViewReader['actor'], screen: ViewScreen): boolean =>
  mayDo(actor, NEEDS[screen][actor.kind]);

/** Tables of a screen that can be sent to an actor, the usual one first. */
export const tablesFor = (actor: ViewReader['actor'], screen: ViewScreen): ViewTableName[] =>
  TABLES_OF[screen].filter((table) => table !== 'returns' || mayDo(actor, NEEDS['/costs'][actor.kind]));

/**
 * The table that is asked for, or else the usual one.
 * @throws DomainError `saved-view.not-mailed` for a screen without tables, or
 *   without this one; `saved-view.screen` for one that the actor may not see.
 */
export function tableOf(
  actor: ViewReader['actor'],
  screen: ViewScreen,
  asked: ViewTableName | undefined,
): ViewTableName {
  const all = TABLES_OF[screen];
  const table = asked ?? all[0];
  if (table === undefined)
    throw new DomainError(
      'saved-view.not-mailed',
      'Views of this screen are not sent by e-mail. Open this view in the portal, and download its table there.',
      { field: 'format' },
    );
  if (!all.includes(table))
    throw new DomainError(
      'saved-view.not-mailed',
      `This screen has no table “${table}”. Choose one of these: ${all.join(', ')}.`,
      { field: 'table' },
    );
  if (!maySee(actor, screen) || !tablesFor(actor, screen).includes(table)) throw screenNotShown();
  return table;
}

export const screenNotShown = (): DomainError =>
  new DomainError(
    'saved-view.screen',
    'Your role does not show this screen. Save a view of a screen that you can open.',
    { field: 'screen' },
  );
