import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import type { Permission } from '#identity';
import { type Actor, DomainError, type PartnerActor, type VendorActor } from '#kernel';

export const PERMISSION = Symbol('Permission');
export const PUBLIC = Symbol('Public');
export const SIGNED_IN = Symbol('SignedIn');

/** The one line that says who may: an endpoint without `Allow`, `SignedIn` or `Public` does not boot. */
export const Allow = (permission: Permission): MethodDecorator => SetMetadata(PERMISSION, permission);
/** Anybody signed in, of whatever organisation and role. */
export const SignedIn = (): MethodDecorator => SetMetadata(SIGNED_IN, true);
/** Nobody need be signed in: links in mails, landing pages, sign-in itself. */
export const Public = (): MethodDecorator => SetMetadata(PUBLIC, true);

/** Set by the guard before a handler runs. */
export interface AuthenticatedRequest extends Request {
  actor?: Actor;
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
