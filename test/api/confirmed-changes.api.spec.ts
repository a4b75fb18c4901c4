import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService } from '@nestjs/core';
import { CONFIRMED_CHANGES } from '#identity';
import { newId, type OrganisationId } from '#kernel';
import { PERMISSION, type SharedPermission, UNCONFIRMED } from '../../apps/api/src/http/authority.js';
import { endpointsOf } from '../../apps/api/src/http/endpoints.js';
import { type Browser, createTestApi, type TestApi, type TestVendor } from '../support/api.js';

type Side = 'vendor' | 'partner';
interface Change {
  readonly side: Side;
  readonly method: string;
  readonly path: string;
  readonly permission: string;
  readonly isConfirmed: boolean;
}

/**
 * The permissions, and the changes under them that need no confirmation,
 * written down a second time: the product must come to the same.
 */
const CONFIRMED_RIGHTS =
  /^(?:vendor-team|vendor-keys|vendor-webhooks|partner-team|partner-keys|partner-webhooks|relays|provider-sources)\.edit$/;
const EXCEPTIONS = [
  'DELETE /api/v1/api-keys/:id',
  'DELETE /api/v1/team/invitations/:id',
  'POST /api/v1/relays/:id/check',
  'POST /api/v1/team/suggestions/:id/decline',
  'POST /api/v1/vendor-sending/domain/check',
  'POST /api/v1/webhook-endpoints/:id/deliveries/:deliveryId/replay',
  'POST /api/v1/webhook-endpoints/:id/replays',
  'POST /api/v1/webhook-endpoints/:id/tests',
];

describe('a change that can give lasting access', () => {
  let api: TestApi;
  let vendor: TestVendor;
  let changes: Change[];
  beforeAll(async () => {
    api = await createTestApi();
    vendor = await api.aVendor();
    const prefixes = new Map(
      api.app
        .get(DiscoveryService)
        .getControllers()
        .map(({ name, metatype }) => [String(name), String(Reflect.getMetadata(PATH_METADATA, metatype!) ?? '')]),
    );
    changes = endpointsOf(api.app).flatMap(({ controller, handler }) => {
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number]!;
      const asked = Reflect.getMetadata(PERMISSION, handler) as string | SharedPermission | undefined;
      if (method === 'GET' || asked === undefined) return [];
      const path = `/${prefixes.get(controller)}/${String(Reflect.getMetadata(PATH_METADATA, handler))}`
        .replace(/\/+/g, '/')
        .replace(/(?<=.)\/$/, '');
      const isConfirmed = !Reflect.hasMetadata(UNCONFIRMED, handler);
      const sides: readonly Side[] = ['vendor', 'partner'];
      return sides
        .map((side) => ({
          side,
          method,
          path,
          isConfirmed,
          permission: typeof asked === 'string' ? asked : asked[side],
        }))
        .filter(({ permission }) => CONFIRMED_RIGHTS.test(permission))
        .filter(
          ({ side, permission }) =>
            typeof asked !== 'string' || side === (permission.startsWith('partner-') ? 'partner' : 'vendor'),
        );
    });
  });
  afterAll(() => api.close());

  /** An owner whose confirmation is eleven minutes old. */
  const unconfirmed = async (organisationId: OrganisationId): Promise<Browser> => {
    const browser = await api.signIn(organisationId, 'owner');
    const { id } = (await browser.get('/api/v1/session')).body.user;
    await api.asOwner(`UPDATE identity.session SET confirmed_at = now() - interval '11 minutes' WHERE user_id = $1`, [
      id,
    ]);
    return browser;
  };

  it('is every one under a permission about people, keys and destinations', () => {
    expect([...CONFIRMED_CHANGES].every((permission) => CONFIRMED_RIGHTS.test(permission))).toBe(true);
    expect(new Set(changes.map(({ permission }) => permission))).toEqual(CONFIRMED_CHANGES);
    const excepted = changes.filter(({ isConfirmed }) => !isConfirmed).map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(excepted)].sort()).toEqual(EXCEPTIONS);
  });

  it('needs a confirmation within ten minutes, with any body and any id', async () => {
    const owners = {
      vendor: await unconfirmed(vendor.vendorId),
      partner: await unconfirmed(await api.aPartner(vendor)),
    };
    const answers = [];
    for (const { side, method, path, isConfirmed } of changes) {
      const send = owners[side][method.toLowerCase() as 'post' | 'put' | 'patch' | 'delete'];
      const { status, body } = await send(
        path.replace(/:\w+/g, () => newId()),
        {},
      );
      const isAsked = status === 403 && body.code === 'confirmation.required';
      if (isAsked !== isConfirmed) answers.push(`${side}: ${method} ${path}: ${status} ${body.code}`);
    }
    expect(changes.length).toBeGreaterThan(30);
    expect(answers).toEqual([]);
  });

  it('lets no one invite an owner, redirect events or remove a colleague from an unlocked computer', async () => {
    const browser = await unconfirmed(vendor.vendorId);
    const colleague = await api.signIn(vendor.vendorId, 'owner');
    const { id } = (await colleague.get('/api/v1/session')).body.user;
    const attempts = [
      browser.post('/api/v1/team/invitations', { email: 'thief@elsewhere.example', role: 'owner' }),
      browser.post('/api/v1/webhook-endpoints', {
        url: 'https://collector.example.com/x',
        description: 'x',
        eventTypes: ['message.bounced'],
      }),
      browser.patch(`/api/v1/team/${id}`, { role: 'analyst' }),
      browser.delete(`/api/v1/team/${id}`),
    ];
    for (const attempt of attempts) expect((await attempt.expect(403)).body.code).toBe('confirmation.required');
    await colleague.get('/api/v1/team').expect(200);
  });
});
