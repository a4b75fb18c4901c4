import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { CONFIG, type Config } from '#config';
import { ApiKeys, can, CONFIRMED_CHANGES, type Permission, PERSON_ONLY, sameSecret, Sessions } from '#identity';
import { DomainError } from '#kernel';
import {
  type AuthenticatedRequest,
  CONFIRMED,
  PERMISSION,
  PUBLIC,
  type SharedPermission,
  UNCONFIRMED,
} from './authority.js';
import { readSessionCookie } from './session-cookie.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Identifies the caller (session cookie or API key), then checks the
 * permission, and a recent confirmation where the endpoint needs one.
 */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly apiKeys: ApiKeys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (this.reflector.get<boolean>(PUBLIC, context.getHandler())) return true;
    const grantedToKey = await this.identify(request);
    const asked = this.reflector.get<Permission | SharedPermission | undefined>(PERMISSION, context.getHandler());
    const side = request.actor?.kind === 'vendor' ? 'vendor' : 'partner';
    const permission = typeof asked === 'object' ? asked[side] : asked;
    if (permission !== undefined) {
      refuseWithoutSecondFactor(request);
      this.refuseMissing(request, permission, grantedToKey);
    }
    if (this.needsConfirmation(context, request.method, permission)) refuseUnconfirmed(request);
    return true;
  }

  private needsConfirmation(context: ExecutionContext, method: string, permission: Permission | undefined): boolean {
    if (this.reflector.get<boolean>(CONFIRMED, context.getHandler())) return true;
    if (SAFE.has(method) || permission === undefined || !CONFIRMED_CHANGES.has(permission)) return false;
    return !this.reflector.get<string>(UNCONFIRMED, context.getHandler());
  }

  /**
   * @returns the permissions of an API key; null for a person, whose role
   *   decides.
   */
  private async identify(request: AuthenticatedRequest): Promise<readonly string[] | null> {
    const [scheme, key] = (request.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() === 'bearer' && key !== undefined) return this.identifyKey(request, key);
    const token = readSessionCookie(request, this.config);
    const session = token === null ? null : await this.sessions.resolve(token);
    if (session === null || token === null)
      throw new DomainError(
        'session.missing',
        'Not signed in. Sign in with POST /api/v1/session, or send an API key as a bearer token.',
        {},
        { kind: 'unauthenticated' },
      );
    if (!SAFE.has(request.method)) refuseForged(request, session.csrfToken);
    request.session = session;
    request.sessionToken = token;
    if (session.actor !== null) request.actor = session.actor;
    return null;
  }

  private async identifyKey(request: AuthenticatedRequest, key: string): Promise<readonly string[]> {
    const holder = await this.apiKeys.resolve(key);
    if (holder === null)
      throw new DomainError(
        'api-key.unknown',
        'This API key does not exist or was revoked. Create a new one under API keys.',
        {},
        { kind: 'unauthenticated' },
      );
    request.actor = holder.actor;
    return holder.permissions;
  }

  private refuseMissing(
    request: AuthenticatedRequest,
    permission: Permission,
    grantedToKey: readonly string[] | null,
  ): void {
    const { actor } = request;
    if (actor !== undefined && can(actor, permission) && (grantedToKey?.includes(permission) ?? true)) return;
    if (grantedToKey !== null && PERSON_ONLY.has(permission))
      throw new DomainError(
        'permission.person-only',
        'An API key cannot manage people or keys. Sign in to do it.',
        { permission },
        { kind: 'forbidden' },
      );
    throw new DomainError(
      'permission.missing',
      `Your role does not include "${permission}". Ask an owner of your organisation, or switch organisation.`,
      { permission },
      { kind: 'forbidden' },
    );
  }
}

/**
 * Another site can make the browser send the cookie, but cannot read the token.
 */
function refuseForged(request: AuthenticatedRequest, expected: string): void {
  const given = request.headers['x-csrf-token'];
  if (typeof given === 'string' && sameSecret(given, expected)) return;
  throw new DomainError(
    'session.csrf',
    'The header X-CSRF-Token is missing or outdated. Read the token from GET /api/v1/session and send it with the request.',
    {},
    { kind: 'forbidden' },
  );
}

function refuseWithoutSecondFactor({ session }: AuthenticatedRequest): void {
  if (session?.lacksSecondFactor !== true) return;
  throw new DomainError(
    'second-factor.missing',
    'Your organisation requires a second factor. Set up a passkey or an authenticator app under Sign-in and security, or sign in with the one you have.',
    {},
    { kind: 'forbidden' },
  );
}

function refuseUnconfirmed({ session }: AuthenticatedRequest): void {
  if (session === undefined || session.isConfirmed) return;
  throw new DomainError(
    'confirmation.required',
    'Confirm that it is you: send your password, a code or a passkey to POST /api/v1/session/confirmation, then repeat this request.',
    {},
    { kind: 'forbidden' },
  );
}
