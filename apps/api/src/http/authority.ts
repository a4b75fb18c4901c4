import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import type { Permission, Session } from '#identity';
import { type Actor, DomainError, type PartnerActor, type VendorActor } from '#kernel';

export const PERMISSION = Symbol('Permission');
export const PUBLIC = Symbol('Public');
export const SIGNED_IN = Symbol('SignedIn');

/** The one line that says who may: an endpoint without `Allow`, `AllowBothSides`, `SignedIn` or `Public` does not boot. */
export const Allow = (permission: Permission): MethodDecorator => SetMetadata(PERMISSION, permission);
type SharedRight = 'team.read' | 'team.edit' | 'keys.edit' | 'webhooks.edit' | 'audit.read';
export interface SharedPermission {
  readonly vendor: Permission;
  readonly partner: Permission;
}

/** For what both sides have: `team.edit` is `vendor-team.edit` or `partner-team.edit`, by who asks. */
export const AllowBothSides = (right: SharedRight): MethodDecorator =>
  SetMetadata(PERMISSION, { vendor: `vendor-${right}`, partner: `partner-${right}` } satisfies SharedPermission);

/** Anybody signed in, of whatever organisation and role. */
export const SignedIn = (): MethodDecorator => SetMetadata(SIGNED_IN, true);
/** Nobody need be signed in: links in mails, landing pages, sign-in itself. */
export const Public = (): MethodDecorator => SetMetadata(PUBLIC, true);

/** Set by the guard before a handler runs. */
export interface AuthenticatedRequest extends Request {
  actor?: Actor;
  session?: Session;
  sessionToken?: string;
}

const actorOf = (context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (actor === undefined) throw new DomainError('session.missing', 'Sign in first.', {}, { kind: 'unauthenticated' });
  return actor;
};

const wrongSide = (side: string): DomainError =>
  new DomainError(
    'permission.wrong-side',
    `Only a ${side}'s people may do this; switch to that organisation.`,
    {},
    { kind: 'forbidden' },
  );

export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => actorOf(context));

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

/** The signed-in person; null where an API key speaks. */
export const SessionOrNull = createParamDecorator(
  (_: unknown, context: ExecutionContext): Session | null =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().session ?? null,
);

/** The signed-in person and the token of their cookie; an API key has neither. */
export const CurrentSession = createParamDecorator(
  (_: unknown, context: ExecutionContext): { session: Session; token: string } => {
    const { session, sessionToken } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (session === undefined || sessionToken === undefined)
      throw new DomainError(
        'session.missing',
        'A person must be signed in for this; an API key is nobody in particular.',
        {},
        { kind: 'unauthenticated' },
      );
    return { session, token: sessionToken };
  },
);
