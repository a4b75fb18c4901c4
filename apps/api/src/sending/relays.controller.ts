import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CONFIG, type Config } from '#config';
import { Relays as RelaysView, RelayView, SaveRelay, SaveUnknownPolicy, UnknownPolicyView } from '#contracts';
import {
  type Relay,
  type RelayId,
  Relays,
  UnknownMessages,
  UnknownPolicies,
  type UnknownPolicy,
  unknownPolicyVersion,
} from '#delivery';
import type { VendorActor, VendorId } from '#kernel';
import { Allow, CurrentVendor, Unconfirmed } from '../http/authority.js';
import { EditedVersion, ReplacesVersion } from '../http/edited-version.js';
import { IdParam } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/**
 * SMTP relays of a vendor, in the order in which they are used. A vendor
 * without relays uses those of the installation.
 */
@ApiTags('sending')
@Controller('api/v1')
export class RelaysController {
  constructor(
    private readonly relays: Relays,
    private readonly policies: UnknownPolicies,
    private readonly unknown: UnknownMessages,
    @Inject(CONFIG)
    private readonly config: Pick<Config, 'POSTFIX_LOG' | 'POSTFIX_LOG_IS_COMPLETE' | 'UNKNOWN_CLOSE_DAYS'>,
  ) {}

  @Summary('List the mail servers that your partners send through, with their status')
  @Get('relays')
  @Allow('relays.edit')
  @ResponseBody(RelaysView)
  async list(@CurrentVendor() actor: VendorActor): Promise<z.output<typeof RelaysView>> {
    return { items: (await this.relays.list(actor)).map(relayView) };
  }

  /** From now on, mail is sent only through the vendor's own relays. */
  @Summary('Add a mail server')
  @Post('relays')
  @Allow('relays.edit')
  @ResponseBody(RelayView, 201)
  async add(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: SaveRelay }) body: z.output<typeof SaveRelay>,
  ): Promise<RelayView> {
    return relayView(await this.relays.add(actor, body));
  }

  @Summary('Update a mail server. Without a password in the request, the stored one stays')
  @Put('relays/:id')
  @ReplacesVersion()
  @Allow('relays.edit')
  @ResponseBody(RelayView)
  async change(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: RelayId,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: SaveRelay }) body: z.output<typeof SaveRelay>,
  ): Promise<RelayView> {
    return relayView(await this.relays.change(actor, id, body, basedOn));
  }

  @Summary('Remove a mail server')
  @Delete('relays/:id')
  @HttpCode(204)
  @Allow('relays.edit')
  async remove(@CurrentVendor() actor: VendorActor, @IdParam('id') id: RelayId): Promise<void> {
    await this.relays.remove(actor, id);
  }

  /**
   * Connects, signs in and disconnects, without sending mail. Returns the state
   * of the relay.
   */
  @Summary('Test a mail server now: host name, encryption, password')
  @Post('relays/:id/check')
  @HttpCode(200)
  @Allow('relays.edit')
  @Unconfirmed('It connects to a mail server that an owner has confirmed, and sends nothing.')
  @ResponseBody(RelayView)
  async check(@CurrentVendor() actor: VendorActor, @IdParam('id') id: RelayId): Promise<RelayView> {
    return relayView(await this.relays.checkNow(actor, id));
  }

  /**
   * The vendor's policy for messages without evidence of delivery.
   */
  @Summary('Get what happens to messages whose delivery cannot be confirmed')
  @Get('unknown-policy')
  @Allow('relays.edit')
  @ResponseBody(UnknownPolicyView)
  async policy(@CurrentVendor() actor: VendorActor): Promise<UnknownPolicyView> {
    return this.policyView(actor.vendorId, await this.policies.forVendor(actor, actor.vendorId));
  }

  @Summary('Set what happens to messages whose delivery cannot be confirmed')
  @Put('unknown-policy')
  @ReplacesVersion()
  @Allow('relays.edit')
  @ResponseBody(UnknownPolicyView)
  async setPolicy(
    @CurrentVendor() actor: VendorActor,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: SaveUnknownPolicy }) body: z.output<typeof SaveUnknownPolicy>,
  ): Promise<UnknownPolicyView> {
    return this.policyView(actor.vendorId, await this.policies.set(actor, actor.vendorId, body, basedOn));
  }

  private async policyView(
    vendorId: VendorId,
    { onUnknown, repeatAfterHours }: UnknownPolicy,
  ): Promise<UnknownPolicyView> {
    const version = unknownPolicyVersion({ onUnknown, repeatAfterHours });
    const unknown = await this.unknown.count(vendorId);
    const { POSTFIX_LOG, POSTFIX_LOG_IS_COMPLETE, UNKNOWN_CLOSE_DAYS } = this.config;
    const readsLog = POSTFIX_LOG !== '' && POSTFIX_LOG_IS_COMPLETE;
    return { version, onUnknown, repeatAfterHours, closeAfterDays: UNKNOWN_CLOSE_DAYS, readsLog, unknown };
  }
}

const isoOrNull = (moment: string | null): string | null => (moment === null ? null : new Date(moment).toISOString());

function relayView(relay: Relay): RelayView {
  const { id, name, host, port, tls, username, priority, connections, enabled, state, problem, lookUp } = relay;
  return {
    id,
    version: String(relay.revision),
    name,
    host,
    port,
    tls,
    username,
    priority,
    connections,
    enabled,
    state,
    problem,
    lookUp: lookUp === null ? null : { ...lookUp, lookedUpAt: isoOrNull(lookUp.lookedUpAt) },
    stateSince: relay.stateSince.toISOString(),
    checkedAt: relay.checkedAt?.toISOString() ?? null,
    nextCheckAt: relay.nextCheckAt.toISOString(),
  };
}
