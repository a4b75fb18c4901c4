import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import type { Permission, Session } from '#identity';
import { type Actor, DomainError, type PartnerActor, type VendorActor } from '#kernel';

export const PERMISSION = Symbol('Permission');
export const PUBLIC = Symbol('Public');
export const SIGNED_IN = Symbol('SignedIn');
export const CONFIRMED = Symbol('Confirmed');
export const UNCONFIRMED = Symbol('Unconfirmed');

/**
 * The permission that an endpoint needs. The process does not start if an
 * endpoint has no `Allow`, `AllowBothSides`, `SignedIn` or `Public`.
 */
export const Allow = (permission: Permission): MethodDecorator => SetMetadata(PERMISSION, permission);
type SharedRight =
  | 'team.read'
  | 'team.edit'
  | 'keys.edit'
  | 'webhooks.edit'
  | 'audit.read'
  | 'costs.read'
  | 'costs.edit';
export interface SharedPermission {
  readonly vendor: Permission;
  readonly partner: Permission;
}

/**
 * For endpoints of both sides: `team.edit` means `vendor-team.edit` or
 * `partner-team.edit`, depending on the caller.
 * @param right or the permission of each side, where these have other names.
 */
export const AllowBothSides = (right: SharedRight | SharedPermission): MethodDecorator =>
  SetMetadata(
    PERMISSION,
    typeof right === 'string'
      ? ({ vendor: `vendor-${right}`, partner: `partner-${right}` } satisfies SharedPermission)
      : right,
  );

/** Any signed-in user, regardless of organisation and role. */
export const SignedIn = (): MethodDecorator => SetMetadata(SIGNED_IN, true);
/**
 * The person must have proved within ten minutes that they are there: by
 * signing in, or by POST /session/confirmation. API keys are not asked: they
 * were created with a confirmation. Changes under a permission of
 * `CONFIRMED_CHANGES` need it without this decorator.
 */
export const Confirmed = (): MethodDecorator => SetMetadata(CONFIRMED, true);
/**
 * A change that needs no confirmation although its permission does.
 * @param reason why a stranger at an unlocked computer gains nothing by it.
 */
export const Unconfirmed = (reason: string): MethodDecorator => SetMetadata(UNCONFIRMED, reason);
/** No sign-in needed: links in e-mails, landing pages, sign-in itself. */
export const Public = (): MethodDecorator => SetMetadata(PUBLIC, true);

/** Set by the guard before a handler runs. */
export interface AuthenticatedRequest extends Request {
  actor?: Actor;
  session?: Session;
  sessionToken?: string;
}

const actorOf = (context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (actor === undefined)
    throw new DomainError(
      'session.missing',
      'Not signed in. Sign in with POST /api/v1/session, or send an API key as a bearer token.',
      {},
      { kind: 'unauthenticated' },
    );
  return actor;
};

const wrongSide = (side: string): DomainError =>
  new DomainError(
    'permission.wrong-side',
    `Only users of a ${side} may do this. Switch to an organisation that is a ${side}.`,
    {},
    { kind: 'forbidden' },
  );

export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => actorOf(context));

/** A person or key of a vendor or partner. */
export const CurrentMember = createParamDecorator(
  (_: unknown, context: ExecutionContext): VendorActor | PartnerActor => {
    const actor = actorOf(context);
    if (actor.kind === 'system') throw wrongSide('vendor or partner');
    return actor;
  },
);

export const CurrentVendor = createParamDecorator((_: unknown, context: ExecutionContext): VendorActor => {
  const actor = actorOf(context);
  if (actor.kind !== 'vendor') throw wrongSide('vendor');
  return actor;
});

export const CurrentPartner = createParamDecorator((_: unknown, context: ExecutionContext): PartnerActor => {
  const actor = actorOf(context);
  if (actor.kind !== 'partner') throw wrongSide('partner');
  return actor;
});

/** The signed-in person; null for an API key. */
export const SessionOrNull = createParamDecorator(
  (_: unknown, context: ExecutionContext): Session | null =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().session ?? null,
);

/**
 * The signed-in person and the token of their cookie; an API key has neither.
 */
export const CurrentSession = createParamDecorator(
  (_: unknown, context: ExecutionContext): { session: Session; token: string } => {
    const { session, sessionToken } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (session === undefined || sessionToken === undefined)
      throw new DomainError(
        'session.missing',
        'This needs a signed-in person. An API key cannot do it: sign in with POST /api/v1/session.',
        {},
        { kind: 'unauthenticated' },
      );
    return { session, token: sessionToken };
  },
);
