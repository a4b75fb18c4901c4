import { MAILED_SCREENS, VIEW_SCREENS, type ViewMail, type ViewScreen } from '#contracts';
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
export type ScheduledMail = ViewMail & { readonly nextAt: Date };

/** What a person must be allowed to do to see a screen. */
const NEEDS: Readonly<Record<ViewScreen, Permission>> = {
  '/campaign-results': 'vendor-insight.read',
  '/campaigns': 'campaigns.read',
  '/partners': 'partners.read',
  '/results': 'activations.read',
  '/deals': 'leads.read',
};

/** Whether the screen is one of the actor's side, and the role may see it. */
export const maySee = (actor: ViewReader['actor'], screen: ViewScreen): boolean =>
  (VIEW_SCREENS[actor.kind] as readonly ViewScreen[]).includes(screen) && can(actor, NEEDS[screen]);

export const canBeMailed = (screen: ViewScreen): boolean => MAILED_SCREENS.includes(screen);

/** @throws DomainError `saved-view.not-mailed`. */
export function requireMailed(screen: ViewScreen): void {
  if (canBeMailed(screen)) return;
  throw new DomainError(
    'saved-view.not-mailed',
    'Only results are sent by e-mail. Open this view in the portal, and download its table there.',
    { field: 'format' },
  );
}
